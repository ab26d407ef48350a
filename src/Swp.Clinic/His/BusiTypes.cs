namespace Swp.Clinic.His;

/// <summary>The values of <see cref="HisQuery.BusiType"/> that the catalog that ships knows.</summary>
public static class BusiTypes
{
    /// <summary>收费项目: what a clinic charges for.</summary>
    public const string FeeItem = "feeItem";

    /// <summary>诊断: diagnoses with their ICD-10 codes.</summary>
    public const string Diagnosis = "diagnosis";

    /// <summary>处方: medicines that can be prescribed.</summary>
    public const string Prescription = "prescription";

    /// <summary>材料: consumable materials.</summary>
    public const string Material = "material";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [FeeItem, Diagnosis, Prescription, Material];
}
