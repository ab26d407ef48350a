using System.CommandLine;
using System.CommandLine.Parsing;
using Swp.Cli.Invocation;

namespace Swp.Cli.Parsing;

/// <summary>Options and arguments of the kinds that this tool reads.</summary>
internal static class Typed
{
    /// <summary>A time.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Read<TimeSpan>(result, $"{name} is a time, {Durations.Rule}.", Durations.TryParse),
    };

    /// <summary>Addresses of other members.</summary>
    public static Option<string[]> Members(string description) => new("--member") { Description = description, HelpName = "URL" };

    /// <summary>What was given for <see cref="Members"/>.</summary>
    /// <exception cref="UsageException">One is no address.</exception>
    public static IEnumerable<Uri> MembersOf(string[]? members) => (members ?? []).Select(member =>
        Uri.TryCreate(member, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException("--member is an http:// or https:// address, for example http://127.0.0.1:8083."));

    /// <summary>A client, as TYPE/ID.</summary>
    public static Argument<Target> Client(string description = "The client, as TYPE/ID, for example caller/999.") => new("client")
    {
        Description = description,
        HelpName = "TYPE/ID",
        CustomParser = result => ReadTarget(result, idNeeded: true),
    };

    /// <summary>A client, or a whole type.</summary>
    public static Argument<Target> ClientOrType(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TYPE[/ID]",
        CustomParser = result => ReadTarget(result, idNeeded: false),
    };

    private delegate bool Reader<T>(string? text, out T value);

    private static T? Read<T>(ArgumentResult result, string rule, Reader<T> reader)
        where T : struct
    {
        if (reader(result.Tokens[0].Value, out var value))
        {
            return value;
        }

        result.AddError(rule);
        return null;
    }

    private static Target? ReadTarget(ArgumentResult result, bool idNeeded)
    {
        if (Target.TryParse(result.Tokens[0].Value, out var target) && (target.Id is not null || !idNeeded))
        {
            return target;
        }

        result.AddError(idNeeded ? "A client is TYPE/ID, for example caller/999." : "A client is TYPE/ID, for example caller/999, and a type is a-z, 0-9, '_' and '-'.");
        return null;
    }
}
