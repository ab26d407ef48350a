using System.Text;
using Spectre.Console;
using Swp.Cluster.Logging;

namespace Swp.Cli.Output;

/// <summary>Where the tool prints and reads: data to standard output, words about it to standard error.</summary>
internal sealed class CliConsole
{
    private readonly Func<string, string?> _environment;
    private readonly Lock _writing = new();
    private IAnsiConsole? _ansi;

    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isTerminal">Whether a person looks at standard output.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="time">The clock.</param>
    public CliConsole(TextReader input, TextWriter output, TextWriter error, bool isTerminal, Func<string, string?> environment, TimeProvider time)
    {
        In = input;
        Out = output;
        Error = error;
        IsTerminal = isTerminal;
        Time = time;
        _environment = environment;
    }

    public TextReader In { get; }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Whether a person looks at what is printed, and it can be drawn over.</summary>
    public bool IsTerminal { get; }

    public TimeProvider Time { get; }

    /// <summary>Standard output with tables, colours and pictures that move, as far as it can.</summary>
    public IAnsiConsole Ansi => _ansi ??= AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = !IsTerminal ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
        ColorSystem = IsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new AnsiConsoleOutput(Out),
    });

    /// <summary>The console of this process.</summary>
    public static CliConsole OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new CliConsole(
            new StreamReader(Console.OpenStandardInput(), utf8),
            isTerminal ? Console.Out : new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            isTerminal,
            Environment.GetEnvironmentVariable,
            TimeProvider.System);
    }

    /// <summary>A variable of the environment.</summary>
    public string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>A line of data.</summary>
    public void WriteLine(string line) => Write(line + "\n");

    /// <summary>Data as it is, but for what would steer a terminal: others chose much of it.</summary>
    public void Write(string text)
    {
        lock (_writing)
        {
            Out.Write(SafeText.OfLines(text));
        }
    }

    /// <summary>A line for people, which is no data.</summary>
    public void Say(string message)
    {
        lock (_writing)
        {
            Error.Write($"swp: {SafeText.Of(message)}\n");
        }
    }
}
