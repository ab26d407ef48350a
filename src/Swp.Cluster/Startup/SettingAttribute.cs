namespace Swp.Cluster.Startup;

/// <summary>What the table of settings says of one beside its name, summary, range and default. A time, a choice and a number's range need none of it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SettingAttribute(string unit) : Attribute
{
    /// <summary>What it counts, or what kind of text it is.</summary>
    public string Unit { get; } = unit;

    /// <summary>What zero means, where it means something of its own.</summary>
    public string? Zero { get; set; }

    /// <summary>What it may be, where no rule that is an attribute says so.</summary>
    public string? Range { get; set; }

    /// <summary>What holds without it, where no value says so.</summary>
    public string? Default { get; set; }
}
