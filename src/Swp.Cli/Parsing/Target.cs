using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Swp.Cli.Parsing;

/// <summary>Whom a command is about: a client, or all of a type when there is no id. The server judges the id.</summary>
internal sealed partial record Target(string Type, string? Id)
{
    /// <summary>Its path in the server API.</summary>
    public string Path => Id is null ? $"api/v1/types/{Type}" : $"api/v1/clients/{Type}/{Uri.EscapeDataString(Id)}";

    /// <summary>Reads <c>TYPE/ID</c> or <c>TYPE</c>. The id may hold slashes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Target? target)
    {
        target = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var type = slash < 0 ? text : text![..slash];
        if (type is null || !TypePattern().IsMatch(type) || slash == text!.Length - 1)
        {
            return false;
        }

        target = new Target(type, slash < 0 ? null : text[(slash + 1)..]);
        return true;
    }

    public override string ToString() => Id is null ? Type : $"{Type}/{Id}";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,31}\z")]
    private static partial Regex TypePattern();
}
