using System.ComponentModel.DataAnnotations;
using Swp.Cluster.Startup;

namespace Swp.Silo;

/// <summary>How an owner listens: the section <c>Swp:Listen</c>.</summary>
[SettingsOf(SettingReader.Owner, "Swp:Listen")]
public sealed class SiloListenOptions
{
    /// <summary>Operations: health, metrics. The default is <c>http://127.0.0.1:8083</c>.</summary>
    [Setting("URL", Range = Ports.Http), Required]
    public string Operations { get; set; } = "http://127.0.0.1:8083";
}
