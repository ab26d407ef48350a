using System.ComponentModel.DataAnnotations;

namespace Swp.Silo;

/// <summary>How an owner listens: the section <c>Swp:Listen</c>.</summary>
public sealed class SiloListenOptions
{
    /// <summary>Operations: health. The default is <c>http://127.0.0.1:8083</c>.</summary>
    [Required]
    public string Operations { get; set; } = "http://127.0.0.1:8083";
}
