using Swp.Testing.Processes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Swp.Deploy.Tests.Compose;

/// <summary><c>deploy/compose.yaml</c>, read strictly: of the Compose specification only what is used there.</summary>
internal sealed class ComposeFile
{
    public required string Name { get; set; }

    [YamlMember(Alias = "x-member", ApplyNamingConventions = false)]
    public object? Member { get; set; }

    [YamlMember(Alias = "x-settings", ApplyNamingConventions = false)]
    public object? Settings { get; set; }

    [YamlMember(Alias = "x-owner", ApplyNamingConventions = false)]
    public object? Owner { get; set; }

    [YamlMember(Alias = "x-gateway", ApplyNamingConventions = false)]
    public object? Gateway { get; set; }

    [YamlMember(Alias = "x-gateway-settings", ApplyNamingConventions = false)]
    public object? GatewaySettings { get; set; }

    public required Dictionary<string, ComposeService> Services { get; set; }

    public required Dictionary<string, Dictionary<string, string>> Secrets { get; set; }

    public required Dictionary<string, object?> Volumes { get; set; }

    public required Dictionary<string, object> Networks { get; set; }

    public static ComposeFile Read()
    {
        using var text = File.OpenText(Path.Combine(BuiltProgram.Root, "deploy", "compose.yaml"));
        return new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(text)));
    }
}
