namespace Swp.Deploy.Tests.Compose;

/// <summary>One service of a Compose file.</summary>
internal sealed class ComposeService
{
    public required string Image { get; set; }

    public ComposeBuild? Build { get; set; }

    public required string Restart { get; set; }

    public bool ReadOnly { get; set; }

    public required string User { get; set; }

    public required List<string> CapDrop { get; set; }

    public required List<string> SecurityOpt { get; set; }

    public List<string> Tmpfs { get; set; } = [];

    public string? StopGracePeriod { get; set; }

    public Dictionary<string, Dictionary<string, string>> DependsOn { get; set; } = [];

    public Dictionary<string, string> Environment { get; set; } = [];

    public List<Dictionary<string, string>> Secrets { get; set; } = [];

    public List<string> Command { get; set; } = [];

    public List<string> Ports { get; set; } = [];

    public List<string> Volumes { get; set; } = [];

    /// <summary>A list of names, or for each name its settings.</summary>
    public required object Networks { get; set; }

    public Dictionary<string, object>? Healthcheck { get; set; }

    /// <summary>The fixed address in a network; <see langword="null"/> when there is none.</summary>
    public string? AddressIn(string network) =>
        Networks is IDictionary<object, object> networks && networks[network] is IDictionary<object, object> settings ? (string)settings["ipv4_address"] : null;
}
