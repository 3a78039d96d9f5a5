"""The tables of bioRxiv's and medRxiv's subjects, as plain data for `categories.py`.

A code is the server and the subject as it stands in addresses: `biorxiv.neuroscience`. Each paper
has one subject. Source: the subject areas on both servers' submission pages, November 2026.
"""

from __future__ import annotations

# server -> (name, subjects). The order numbers the categories in the index: only add at the end.
SERVERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "biorxiv": (
        "bioRxiv",
        (
            "Animal Behavior and Cognition",
            "Biochemistry",
            "Bioengineering",
            "Bioinformatics",
            "Biophysics",
            "Cancer Biology",
            "Cell Biology",
            "Clinical Trials",
            "Developmental Biology",
            "Ecology",
            "Epidemiology",
            "Evolutionary Biology",
            "Genetics",
            "Genomics",
            "Immunology",
            "Microbiology",
            "Molecular Biology",
            "Neuroscience",
            "Paleontology",
            "Pathology",
            "Pharmacology and Toxicology",
            "Physiology",
            "Plant Biology",
            "Scientific Communication and Education",
            "Synthetic Biology",
            "Systems Biology",
            "Zoology",
        ),
    ),
    "medrxiv": (
        "medRxiv",
        (
            "Addiction Medicine",
            "Allergy and Immunology",
            "Anesthesia",
            "Cardiovascular Medicine",
            "Dentistry and Oral Medicine",
            "Dermatology",
            "Emergency Medicine",
            "Endocrinology",
            "Epidemiology",
            "Forensic Medicine",
            "Gastroenterology",
            "Genetic and Genomic Medicine",
            "Geriatric Medicine",
            "Health Economics",
            "Health Informatics",
            "Health Policy",
            "Health Systems and Quality Improvement",
            "Hematology",
            "HIV AIDS",
            "Infectious Diseases",
            "Intensive Care and Critical Care Medicine",
            "Medical Education",
            "Medical Ethics",
            "Nephrology",
            "Neurology",
            "Nursing",
            "Nutrition",
            "Obstetrics and Gynecology",
            "Occupational and Environmental Health",
            "Oncology",
            "Ophthalmology",
            "Orthopedics",
            "Otolaryngology",
            "Pain Medicine",
            "Palliative Medicine",
            "Pathology",
            "Pediatrics",
            "Pharmacology and Therapeutics",
            "Primary Care Research",
            "Psychiatry and Clinical Psychology",
            "Public and Global Health",
            "Radiology and Imaging",
            "Rehabilitation Medicine and Physical Therapy",
            "Respiratory Medicine",
            "Rheumatology",
            "Sexual and Reproductive Health",
            "Sports Medicine",
            "Surgery",
            "Toxicology",
            "Transplantation",
            "Urology",
        ),
    ),
}


def slug(subject: str) -> str:
    """A subject as it stands in a code: `public-and-global-health`."""
    letters = "".join(char if char.isalnum() else " " for char in subject.lower())
    return "-".join(letters.split())


def code_of(server: str, subject: str) -> str:
    """The code of a subject as the server writes it; of one that is not known, the server's."""
    said = slug(subject)
    for name in SERVERS[server][1]:
        known = slug(name)  # some are longer at times: "Endocrinology (including Diabetes …)"
        if said == known or said.startswith(f"{known}-"):
            return f"{server}.{known}"
    return server
