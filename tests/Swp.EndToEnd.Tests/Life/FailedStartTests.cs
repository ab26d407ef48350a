using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Processes;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Life;

/// <summary>Who starts a member wrongly is told in one line what to change.</summary>
public sealed class FailedStartTests : EndToEndTest
{
    [Theory]
    [InlineData("Swp:SiloPort", "many")]
    [InlineData("Swp:SiloPort", "70000")]
    [InlineData("Swp:ClientGatewayPort", "-1")]
    [InlineData("Swp:Listen:Clients", "8081")]
    [InlineData("Swp:Listen:Operations", "ftp://127.0.0.1:8082")]
    [InlineData("Swp:Listen:Operations", "http://0.0.0.0:18082")]
    [InlineData("Swp:ApiKeys", "secret")]
    [InlineData("Swp:ApiKeys:backend:Hash", "secret")]
    [InlineData("Swp:ApiKeys:backend:Scope", "call")]
    [InlineData("Swp:TrustedProxies", "10.0.0.1/8")]
    [InlineData("Swp:SettingsDirectory", "/nowhere")]
    [InlineData("Swp:ClusterId", "with space")]
    [InlineData("Swp:ServiceId", "")]
    [InlineData("Swp:AdvertisedAddress", "nowhere")]
    [InlineData("Swp:MaxConnections", "-1")]
    [InlineData("Swp:MaxConnectsPerSecond", "-1")]
    [InlineData("Swp:MaxUnopened", "1000001")]
    [InlineData("Swp:MaxConnectionsPerAddress", "-1")]
    [InlineData("Swp:Types:caller:MessageBurst", "10")]
    [InlineData("Swp:Types:caller:MessagesPerSecond", "-1")]
    [InlineData("Swp:DrainWindow", "1:00:00")]
    [InlineData("Swp:DrainWindow", "soon")]
    [InlineData("Swp:Types:caller:MaxPendingRequests", "0")]
    [InlineData("Swp:Types:caller:MaxPendingRequests", "lots")]
    [InlineData("Swp:Types:his:MaxMessageBytes", "10")]
    [InlineData("Swp:Types:his:OpenTimeout", "10")]
    [InlineData("Swp:Types:his:PayloadStyle", "xml")]
    [InlineData("Swp:Types:his:PayloadStyle", "7")]
    [InlineData("Swp:Types:caller:OutboundBufferBytes", "1")]
    [InlineData("Swp:Types:caller:Authentication", "Password")]
    [InlineData("Swp:Types:caller:Authentication", "Token")]
    [InlineData("Swp:Tokens:KeyFile", "/nowhere/keys.pem")]
    [InlineData("Swp:Tokens:JwksUrl", "http://issuer.example/jwks")]
    [InlineData("Swp:AllowedOrigins", "https://*.com")]
    public async Task A_bad_setting_is_named(string setting, string value) =>
        await AssertFailsAsync(SwpProcess.Standalone((setting, value)), setting);

    [Theory]
    [InlineData("Swp:Listen:Clients")]
    [InlineData("Swp:Listen:Operations")]
    [InlineData("Swp:SiloPort")]
    [InlineData("Swp:ClientGatewayPort")]
    public async Task A_taken_port_is_named(string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePort.Take());
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await AssertFailsAsync(SwpProcess.Standalone((setting, setting.Contains("Listen", StringComparison.Ordinal) ? $"http://127.0.0.1:{port}" : $"{port}")), setting, $"{port}");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await AssertFailsAsync(SwpProcess.Standalone(("Swp:DataDirectory", Path.Combine(file, "data"))), "Swp:DataDirectory", file);
    }

    [Fact]
    public async Task A_data_directory_in_use_is_named_and_its_user_goes_on()
    {
        using var directory = new TemporaryDirectory();
        var first = Own(SwpProcess.Standalone(("Swp:DataDirectory", directory.Path)));
        await first.StartAsync();

        await AssertFailsAsync(SwpProcess.Standalone(("Swp:DataDirectory", directory.Path)), "Swp:DataDirectory", directory.Path);

        var client = await Own(first.OpenAsync("caller", "1"));
        Assert.Equal("1", (await client.QueryAsync("1")).RawData);
    }

    [Theory]
    [InlineData("Swp.Silo", null)]
    [InlineData("Swp.Gateway", null)]
    [InlineData("Swp.Silo", "")]
    [InlineData("Swp.Gateway", "127.0.0.1:{0},password=secret")]
    [InlineData("Swp.Silo", "127.0.0.1:{0},password=secret")]
    [InlineData("Swp.Standalone", "127.0.0.1:{0},password=secret")]
    [InlineData("Swp.Silo", "127.0.0.1:6379,nosuchoption=1")]
    public async Task A_redis_that_is_missing_is_named_without_its_password(string project, string? redis)
    {
        var process = TestProcess.OfProject(
            project,
            [
                .. redis is null ? Array.Empty<string>() : [$"--Swp:Redis={string.Format(redis, FreePort.Take())}"],
                $"--Swp:Listen:Clients=http://127.0.0.1:{FreePort.Take()}",
                $"--Swp:Listen:Operations=http://127.0.0.1:{FreePort.Take()}",
                $"--Swp:SiloPort={FreePort.Take()}",
                $"--Swp:ClientGatewayPort={FreePort.Take()}",
            ]);

        await AssertFailsAsync(process, "Swp:Redis");

        Assert.DoesNotContain("secret", process.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "No certificate")]
    [InlineData("no certificate", "No certificate")]
    public async Task A_certificate_that_cannot_be_used_is_named(string? content, string reason)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "tls.pem");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        }

        await AssertFailsAsync(
            SwpProcess.Standalone(
                ("Swp:Listen:Clients", $"https://127.0.0.1:{FreePort.Take()}"),
                ("Swp:Tls:CertificateFile", content is null ? "" : file),
                ("Swp:Tls:Password", "secret")),
            "Swp:Tls:CertificateFile",
            content is null ? reason : file);
    }

    [Theory]
    [InlineData("Swp.Standalone")]
    [InlineData("Swp.Silo")]
    [InlineData("Swp.Gateway")]
    public async Task Help_names_the_settings(string project)
    {
        var process = Own(TestProcess.OfProject(project, "--help"));
        process.Launch();

        Assert.Equal(0, await process.Exited.DefaultTimeout());
        Assert.Contains("--Swp:Redis=", process.Log.Text, StringComparison.Ordinal);
        Assert.Empty(process.StandardError);
    }

    private async Task AssertFailsAsync(TestProcess process, params string[] named)
    {
        Own(process);
        var started = Stopwatch.GetTimestamp();
        process.Launch();

        Assert.Equal(1, await process.Exited.DefaultTimeout());

        var line = Assert.Single(process.StandardError);
        Assert.All(named, name => Assert.Contains(name, line, StringComparison.Ordinal));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15), "It fails within seconds.");
        Assert.DoesNotContain("\n   at ", process.Log.Text, StringComparison.Ordinal);
    }
}
