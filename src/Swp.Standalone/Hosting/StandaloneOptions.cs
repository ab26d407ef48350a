using System.ComponentModel.DataAnnotations;

namespace Swp.Standalone.Hosting;

/// <summary>Where the embedded storage lives: the section <c>Swp</c>.</summary>
public sealed class StandaloneOptions
{
    /// <summary>The directory of the embedded storage; used by one process at a time. The default is <c>.swp</c>, below the working directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = ".swp";
}
