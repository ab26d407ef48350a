using System.Threading.Channels;

namespace Swp.Cli.Tests.Devices;

/// <summary>A standard input on which lines are typed while it is read.</summary>
internal sealed class TypedInput : TextReader
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Type(string line) => Assert.True(_lines.Writer.TryWrite(line));

    public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => await _lines.Reader.ReadAsync(cancellationToken);
}
