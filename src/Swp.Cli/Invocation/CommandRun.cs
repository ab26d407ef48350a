using System.CommandLine;
using Swp.Cli.Api;
using Swp.Cli.Output;

namespace Swp.Cli.Invocation;

/// <summary>One run of a command: what was typed, and where it prints.</summary>
internal sealed class CommandRun(ParseResult arguments, CliConsole console, CommonOptions common) : IDisposable
{
    private ServerApi? _api;

    public CliConsole Console => console;

    /// <summary>Whether a program reads what is printed.</summary>
    public bool Json => arguments.GetValue(common.Json);

    /// <summary>The operations address.</summary>
    public Uri Url => common.UrlOf(arguments, console);

    /// <summary>Where clients connect.</summary>
    public Uri WebSocketUrl => common.WebSocketUrlOf(arguments, console);

    /// <summary>The API key, if there is one.</summary>
    public string? Key => common.KeyOf(arguments, console);

    /// <summary>The server API.</summary>
    public ServerApi Api => _api ??= new ServerApi(Url, Key, console.Time);

    public T? Value<T>(Option<T> option) => arguments.GetValue(option);

    public T? Value<T>(Argument<T> argument) => arguments.GetValue(argument);

    public bool IsGiven(Option option) => arguments.GetResult(option) is { Implicit: false };

    public void Dispose() => _api?.Dispose();
}
