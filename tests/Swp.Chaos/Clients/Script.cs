using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Swp.Chaos.Clients;

/// <summary>What a client is told to do with a request.</summary>
/// <param name="Act">What.</param>
/// <param name="Delay">After how long; only with <see cref="ScriptAct.Delay"/>.</param>
internal sealed record Script(ScriptAct Act, TimeSpan Delay = default)
{
    public static readonly Script AtOnce = new(ScriptAct.Answer);

    /// <summary>The call as the client gets it. The number names it.</summary>
    public string ToPayload(long call) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"call":{{call}},"do":"{{Name}}","ms":{{(long)Delay.TotalMilliseconds}}}""");

    /// <summary>Reads what <see cref="ToPayload"/> wrote.</summary>
    public static bool TryParse(string payload, out long call, [NotNullWhen(true)] out Script? script)
    {
        (call, script) = (0, null);
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.TryGetProperty("call", out var number) && number.TryGetInt64(out call)
                && root.TryGetProperty("do", out var act) && Enum.TryParse<ScriptAct>(act.GetString(), ignoreCase: true, out var known)
                && root.TryGetProperty("ms", out var delay) && delay.TryGetInt64(out var ms))
            {
                script = new Script(known, TimeSpan.FromMilliseconds(ms));
            }
        }
        catch (JsonException)
        {
            // Nobody of this run has written it.
        }

        return script is not null;
    }

    /// <summary>70 % at once, 24 % after 50 to 500 ms, 4 % after 1 to 3 s, 1 % never, 1 % twice.</summary>
    public static Script Draw(Random random) => random.Next(100) switch
    {
        < 70 => AtOnce,
        < 94 => new Script(ScriptAct.Delay, TimeSpan.FromMilliseconds(random.Next(50, 501))),
        < 98 => new Script(ScriptAct.Delay, TimeSpan.FromMilliseconds(random.Next(1000, 3001))),
        < 99 => new Script(ScriptAct.Never),
        _ => new Script(ScriptAct.Twice),
    };

    public override string ToString() => Act == ScriptAct.Delay ? $"answered after {Delay.TotalMilliseconds:0} ms" : $"{Name}";

    private string Name => Act.ToString().ToLowerInvariant();
}
