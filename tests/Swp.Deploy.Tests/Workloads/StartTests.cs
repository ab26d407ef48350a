using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using Swp.Deploy.Tests.Manifests;
using Swp.Deploy.Tests.Settings;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>Members start with the environment and the files that their pods get, become ready for their probes, and stop within their grace period.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private const string Key = "a-key-of-this-test-0123456789-0123456789-0123456789";

    private readonly TemporaryDirectory _secrets = new();
    private readonly HttpClient _http = new();
    private RedisProcess? _redis;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisProcess.StartAsync();
        Write("Swp__Redis", _redis.ConnectionString);
        Write("Swp__ApiKeys__backend__Hash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))));
        Write("Swp__ApiKeys__backend__Scopes", "call,read");
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public async Task A_cluster_of_an_overlay_starts_answers_its_probes_and_callers_with_a_key_and_stops(string name)
    {
        var overlay = Overlay.Of(name);
        var (owner, health) = Member(overlay, "swp-owner", "Swp.Silo");
        var (gateway, operations) = Member(overlay, "swp-gateway", "Swp.Gateway");
        await using (owner)
        await using (gateway)
        {
            owner.Launch();
            await AnswersProbesAsync(overlay.Workload("swp-owner"), owner, health);
            gateway.Launch();
            await AnswersProbesAsync(overlay.Workload("swp-gateway"), gateway, operations);

            var client = new Uri(operations, "/api/v1/clients/caller/1");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, Key));

            // No client is connected: only the notice is waited for.
            Assert.Equal(0, await gateway.StopAsync(Grace(overlay, "swp-gateway")));
            Assert.Equal(0, await owner.StopAsync(Grace(overlay, "swp-owner")));
            Assert.DoesNotContain(" ERR ", owner.Log.Text + gateway.Log.Text, StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _secrets.Dispose();
        await _redis!.DisposeAsync();
    }

    private static TimeSpan Grace(Overlay overlay, string workload) => TimeSpan.FromSeconds(overlay.Workload(workload).Pod.TerminationGracePeriodSeconds!.Value);

    // What differs from a pod: the address, which is this machine's, and ports that are free.
    private (TestProcess Process, Uri Operations) Member(Overlay overlay, string workload, string project)
    {
        var environment = PodSettings.EnvironmentOf(overlay, overlay.Workload(workload)).ToDictionary(variable => variable.Key, variable => (string?)variable.Value);
        var operations = new UriBuilder(environment["Swp__Listen__Operations"]!) { Port = FreePort.Take() };
        environment["Swp__Listen__Operations"] = operations.Uri.ToString().TrimEnd('/');
        environment["Swp__AdvertisedAddress"] = "127.0.0.1";
        environment["Swp__SettingsDirectory"] = _secrets.Path;
        environment["Swp__SiloPort"] = $"{FreePort.Take()}";
        if (environment.ContainsKey("Swp__Listen__Clients"))
        {
            environment["Swp__Listen__Clients"] = $"http://0.0.0.0:{FreePort.Take()}";
        }
        else
        {
            environment["Swp__ClientGatewayPort"] = $"{FreePort.Take()}";
        }

        var process = new TestProcess(workload, "dotnet", [BuiltProgram.Find(project)], environment);
        return (process, new UriBuilder(operations.Uri) { Host = "127.0.0.1" }.Uri);
    }

    private async Task AnswersProbesAsync(Workload workload, TestProcess process, Uri operations)
    {
        // As the kubelet: the startup probe first, as often as it may fail.
        var probes = (V1Probe[])[workload.Container.StartupProbe, workload.Container.ReadinessProbe, workload.Container.LivenessProbe];
        var patience = TimeSpan.FromSeconds(probes[0].PeriodSeconds!.Value * probes[0].FailureThreshold!.Value);
        var started = TimeProvider.System.GetTimestamp();
        foreach (var probe in probes)
        {
            while (await StatusAsync(new Uri(operations, probe.HttpGet.Path)) != HttpStatusCode.OK)
            {
                Assert.True(process.IsRunning, process.Log.Text);
                Assert.True(TimeProvider.System.GetElapsedTime(started) < patience, process.Log.Text);
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task<HttpStatusCode?> StatusAsync(Uri url, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        try
        {
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(_secrets.Path, name), value);
}
