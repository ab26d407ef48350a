using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;

namespace Swp.Cluster.Logging;

/// <summary>How a member logs: the section <c>Swp:Log</c>.</summary>
[SettingsOf(SettingReader.Member, Section)]
internal sealed class LogOptions
{
    private const string Section = "Swp:Log";

    /// <summary>How log lines are written. The default is JSON in a container (<c>DOTNET_RUNNING_IN_CONTAINER</c>), text elsewhere.</summary>
    [Setting("choice", Default = "JSON in a container (`DOTNET_RUNNING_IN_CONTAINER`), text elsewhere"), EnumDataType(typeof(LogFormat))]
    public LogFormat? Format { get; set; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A value cannot be read, or a name is unknown.</exception>
    public static LogOptions Read(IConfiguration configuration)
    {
        foreach (var setting in configuration.GetSection(Section).GetChildren())
        {
            if (!setting.Key.Equals(nameof(Format), StringComparison.OrdinalIgnoreCase))
            {
                throw new StartupException($"{Section}:{setting.Key} is no setting. Known is: {nameof(Format)}.");
            }
        }

        var options = Settings.Read<LogOptions>(configuration, Section);
        options.Format ??= bool.TryParse(configuration["DOTNET_RUNNING_IN_CONTAINER"], out var contained) && contained ? LogFormat.Json : LogFormat.Text;
        return options;
    }
}
