using Swp.Cli.Invocation;
using Swp.Cli.Output;

namespace Swp.Cli.Tests.Running;

/// <summary>Runs the tool in this process, with a console that the test reads.</summary>
internal sealed class Tool
{
    private readonly Dictionary<string, string> _environment = [];

    /// <summary>What it reads from standard input.</summary>
    public TextReader Input { get; set; } = TextReader.Null;

    /// <summary>Whether a person looks at it.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>Standard output, while it runs.</summary>
    public SharedWriter Out { get; } = new();

    /// <summary>Standard error, while it runs.</summary>
    public SharedWriter Error { get; } = new();

    /// <summary>A variable of its environment.</summary>
    public Tool With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Runs one command line.</summary>
    public Task<ToolResult> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    /// <summary>Runs one command line until it is interrupted.</summary>
    public async Task<ToolResult> RunAsync(CancellationToken interrupt, params string[] args)
    {
        var console = new CliConsole(Input, Out, Error, IsTerminal, name => _environment.GetValueOrDefault(name), TimeProvider.System);
        var code = await SwpTool.RunAsync(args, console, interrupt);
        return new ToolResult(code, Out.Text, Error.Text);
    }
}
