using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Storage;

namespace Swp.Cli.Tests.Doctoring;

public sealed class ConfigurationCheckTests
{
    [Fact]
    public async Task Config_GoodFile_IsGood()
    {
        var result = await CheckAsync("""{"Swp":{"Redis":"127.0.0.1:6379","Types":{"caller":{"MaxPendingRequests":10}},"Listen":{"Clients":"http://0.0.0.0:8081"}}}""");
        Assert.True(result.Code == ExitCode.Ok, result.Out);
        Assert.StartsWith("ok       A server starts with ", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    /// <summary>Each of these stops a server, by the same rule.</summary>
    [Theory]
    [InlineData("""{"Swp":{"Nosuch":1}}""", "Swp:Nosuch is no setting.")]
    [InlineData("""{"Swp":{"SiloPort":99999}}""", "Swp:SiloPort = 99999: The field SiloPort must be between 1 and 65535.")]
    [InlineData("""{"Swp":{"AdvertisedAddress":"here"}}""", "Swp:AdvertisedAddress = here: expected an IP address.")]
    [InlineData("""{"Swp":{"DrainWindow":"01:00:00"}}""", "Swp:DrainWindow = 01:00:00: ")]
    [InlineData("""{"Swp":{"Listen":{"Operations":"http://0.0.0.0:8082"}}}""", "only a loopback address is allowed while no API keys are configured")]
    [InlineData("""{"Swp":{"Listen":{"Clients":"ftp://x"}}}""", "Swp:Listen:Clients = ftp://x: expected http://address:port")]
    [InlineData("""{"Swp":{"Listen":{"Clients":"https://127.0.0.1:8081"}}}""", "Swp:Tls:CertificateFile is missing")]
    [InlineData("""{"Swp":{"ApiKeys":{"backend":{"Hash":"x","Scopes":"call"}}}}""", "Swp:ApiKeys:backend:Hash: expected the SHA-256 of a key")]
    [InlineData("""{"Swp":{"AllowedOrigins":"example.com"}}""", "Swp:AllowedOrigins = example.com: ")]
    [InlineData("""{"Swp":{"TrustedProxies":"10.0.0.7/8"}}""", "Swp:TrustedProxies = 10.0.0.7/8: ")]
    [InlineData("""{"Swp":{"Tokens":{"KeyFile":"/nosuch"}}}""", "Swp:Tokens:KeyFile = /nosuch: ")]
    [InlineData("""{"Swp":{"Types":{"caller":{"Authentication":"Token"}}}}""", "Authentication = Token: there are no keys to check tokens with.")]
    [InlineData("""{"Swp":{"Log":{"Format":"xml"}}}""", "Swp:Log:Format")]
    [InlineData("""{"Swp":{"SettingsDirectory":"/nosuch"}}""", "Swp:SettingsDirectory = /nosuch: ")]
    [InlineData("""{"Swp":{"Types":{"his":{"MaxMessageBytes":1}}}}""", "Swp:Types:his:MaxMessageBytes = 1: The field MaxMessageBytes must be between")]
    [InlineData("""{"Swp":{"Types":{"caller":{"MesagesPerSecond":5}}}}""", "Swp:Types:caller:MesagesPerSecond = 5: this version has no such setting.")]
    [InlineData("""{"Swp":{"Types":{"scale":{"IdleTimeout":"forever"}}}}""", "'Swp:Types:scale:IdleTimeout'")]
    [InlineData("""{"Swp":""", "Failed to load configuration from file")]
    public async Task Config_MistakeAServerStopsAt_IsFound(string json, string problem)
    {
        var result = await CheckAsync(json);
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains(result.Lines, line => line.StartsWith("PROBLEM", StringComparison.Ordinal) && line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_SeveralMistakes_AreAllNamed()
    {
        var result = await CheckAsync("""{"Swp":{"SiloPort":0,"Nosuch":1,"Types":{"caller":{"MaxMessageBytes":1,"MessageBurst":5}}}}""");
        Assert.Equal(4, result.Lines.Count(line => line.StartsWith("PROBLEM", StringComparison.Ordinal)));
        Assert.Equal("swp: 4 problems.\n", result.Error);
    }

    [Fact]
    public async Task Config_TypeOfOnesOwn_IsANote()
    {
        var result = await CheckAsync("""{"Swp":{"Redis":"x:1","Types":{"scale":{"MaxPendingRequests":5}}}}""");
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Contains("note     Swp:Types:scale: the type 'scale' does not come with Swp.", result.Lines);
    }

    [Fact]
    public async Task Config_NoSuchFile_IsAUsageError() => Assert.Equal(ExitCode.Usage, (await new Tool().RunAsync("doctor", "--config", "/nosuch.json")).Code);

    private static async Task<ToolResult> CheckAsync(string json)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "appsettings.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        return await new Tool().RunAsync("doctor", "--config", file);
    }
}
