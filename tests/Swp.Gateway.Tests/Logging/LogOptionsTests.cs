using Microsoft.Extensions.Configuration;
using Swp.Cluster.Logging;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Tests.Logging;

public sealed class LogOptionsTests
{
    [Theory]
    [InlineData(null, null, "Text")]
    [InlineData("true", null, "Json")]
    [InlineData("true", "text", "Text")]
    [InlineData(null, "json", "Json")]
    [InlineData("1", null, "Text")]
    public void Format_IsJsonInAContainer_UnlessTheSettingSaysOtherwise(string? contained, string? format, string expected) =>
        Assert.Equal(expected, LogOptions.Read(Configuration(("DOTNET_RUNNING_IN_CONTAINER", contained), ("Swp:Log:Format", format))).Format.ToString());

    [Theory]
    [InlineData("Swp:Log:Format", "xml")]
    [InlineData("Swp:Log:Format", "7")]
    [InlineData("Swp:Log:Fromat", "json")]
    public void Setting_ThatNobodyReads_StopsTheStart(string setting, string value) =>
        Assert.Contains(setting, Assert.Throws<StartupException>(() => LogOptions.Read(Configuration((setting, value)))).Message, StringComparison.Ordinal);

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Name, setting => setting.Value)).Build();
}
