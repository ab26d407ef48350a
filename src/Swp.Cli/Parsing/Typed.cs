using System.CommandLine;
using System.CommandLine.Parsing;

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

    /// <summary>A share of a crowd.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = result => Read<double>(result, $"{name} is a share, for example 5% or 0.05.", Shares.TryParse),
    };

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
