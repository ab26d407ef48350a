using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Swp.Devices;

namespace Swp.Cli.Devices;

/// <summary>How a client answers what it is asked: <c>echo</c>, <c>none</c>, <c>ask</c> or <c>fixed:JSON</c>.</summary>
internal sealed record AnswerRule(AnswerKind Kind, JsonElement? Data = null)
{
    public const string Help = "echo, none, ask or fixed:JSON";

    public static readonly AnswerRule Echo = new(AnswerKind.Echo);

    private const string FixedPrefix = "fixed:";

    public static bool TryParse(string? text, [NotNullWhen(true)] out AnswerRule? rule)
    {
        rule = text switch
        {
            "echo" => Echo,
            "none" => new AnswerRule(AnswerKind.None),
            "ask" => new AnswerRule(AnswerKind.Ask),
            _ => null,
        };
        if (text?.StartsWith(FixedPrefix, StringComparison.Ordinal) != true)
        {
            return rule is not null;
        }

        try
        {
            rule = new AnswerRule(AnswerKind.Fixed, JsonElement.Parse(text[FixedPrefix.Length..]));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The answer; of <see cref="AnswerKind.Ask"/> a person gives it.</summary>
    public Reply Answer(Frame question) => Kind switch
    {
        AnswerKind.Echo => Reply.Ok(question.Data),
        AnswerKind.Fixed => Reply.Ok(Data),
        _ => Reply.None,
    };
}
