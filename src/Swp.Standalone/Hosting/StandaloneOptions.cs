using System.ComponentModel.DataAnnotations;
using Swp.Cluster.Startup;

namespace Swp.Standalone.Hosting;

/// <summary>Where the embedded storage lives: the section <c>Swp</c>.</summary>
[SettingsOf(SettingReader.Standalone)]
public sealed class StandaloneOptions
{
    /// <summary>
    /// The directory of the embedded storage, from the working directory; used by one process at a time, and not at all with <c>Redis</c>. The default is <c>.swp</c>.
    /// </summary>
    [Setting("path"), Required]
    public string DataDirectory { get; set; } = ".swp";
}
