using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Swp.Cli.Invocation;
using Swp.Clinic;
using Swp.Cluster.Hosting;
using Swp.Cluster.Logging;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Gateway.Origins;
using Swp.Gateway.Tokens;
using Swp.Grains.Hosting;
using Swp.Grains.Services;
using Swp.Grains.Types;

namespace Swp.Cli.Doctoring;

/// <summary>Would a server start with this file? Asked of the code that servers ask, but each part by itself: a server names the first mistake only.</summary>
internal static class ConfigurationCheck
{
    private const string WhyItMatters = "A server does not start with it.";

    public static void Run(string file, TimeProvider time, Findings findings)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"{file} is not there, or may not be read.");
        }

        using var configuration = new ConfigurationManager();
        if (!Check(findings, () => configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false), $"Correct {file}."))
        {
            return;
        }

        const string Correct = "Correct the setting; docs/operations.md lists them with their ranges.";
        var before = findings.Count;
        Check(findings, () => SettingsDirectory.AddTo(configuration), Correct);
        Check(findings, () => KnownSettings.Check(configuration), Correct);
        Check(findings, () => LogOptions.Read(configuration), Correct);
        Check(findings, () => Settings.Read<SwpClusterOptions>(configuration).ParseAddress(), Correct);
        Check(findings, () => SwpGatewayExtensions.CheckSettings(configuration), Correct);
        Check(findings, () => AllowedOrigins.Read(configuration), Correct);
        Check(findings, () => TokenKeys.SourcesOf(TokenOptions.Read(configuration), time), Correct);
        CheckTypes(configuration, findings, Correct);
        if (findings.Count == before)
        {
            findings.Ok($"A server starts with {file}, as far as the file says.");
        }

        if (string.IsNullOrEmpty(configuration["Swp:Redis"]))
        {
            findings.Note("Swp:Redis is not in the file.", "Owners and gateways do not start without it; standalone then embeds its own store.", "Give it here, or as Swp__Redis in the environment of the members.");
        }
    }

    private static bool Check(Findings findings, Action read, string toDo)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is StartupException or OptionsValidationException or IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException or FormatException)
        {
            // Of a file that is no JSON only the innermost exception knows the place.
            foreach (var message in e is OptionsValidationException invalid ? invalid.Failures : [e is InvalidDataException ? $"{e.Message} {e.GetBaseException().Message}" : e.Message])
            {
                findings.Problem(message, WhyItMatters, toDo);
            }

            return false;
        }
    }

    private static void CheckTypes(ConfigurationManager configuration, Findings findings, string toDo)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClientTypeOptions>, ClientTypeOptionsValidator>());
        var types = new SwpBuilder(services);
        types.AddClinic();
        var own = configuration.GetSection(ClientTypeSettings.Section).GetChildren().Select(type => type.Key).Where(type => !IsServed(services, type)).ToArray();
        foreach (var type in own)
        {
            // What such a type can be told is the same for all.
            Check(findings, () => types.AddClientType<EchoService>(type), toDo);
            findings.Note($"Swp:Types:{type}: the type '{type}' does not come with Swp.", "A server that does not serve it does not start with this file.", "Is it registered in the owners' program (AddClientType<…>()), or misspelt?");
        }

        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<ClientTypeOptions>>();
        foreach (var type in provider.GetServices<ClientTypeRegistration>())
        {
            Check(findings, () => options.Get(type.Name), toDo);
        }
    }

    private static bool IsServed(ServiceCollection services, string type) =>
        services.Any(service => service.ImplementationInstance is ClientTypeRegistration served && served.Name.Equals(type, StringComparison.OrdinalIgnoreCase));
}
