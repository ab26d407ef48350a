using Swp.Cli.Output;
using Swp.Cli.Parsing;
using Swp.Devices;

namespace Swp.Cli.Devices;

/// <summary>Lines on standard input: each answers the oldest call that waits for a person, or asks the server, one after another.</summary>
internal sealed class LineReader(DeviceClient client, CliConsole console, DeviceLog log, OpenQuestions questions)
{
    /// <summary>Asks until the input has ended, or it is stopped.</summary>
    /// <returns>Whether all was answered well.</returns>
    public async Task<bool> AskAsync(CancellationToken stop)
    {
        var well = true;
        try
        {
            while (await ReadLineAsync(stop) is { } line)
            {
                if (line.Trim() is { Length: > 0 } text)
                {
                    well &= await AskAsync(text, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }

        return well;
    }

    // A read of a terminal cannot be cancelled: it is left to itself.
    private Task<string?> ReadLineAsync(CancellationToken stop) => console.In.ReadLineAsync(stop).AsTask().WaitAsync(stop);

    private async Task<bool> AskAsync(string text, CancellationToken stop)
    {
        var data = JsonData.OfLine(text);
        if (questions.TryAnswer(data))
        {
            return true;
        }

        log.Query(data);
        try
        {
            var answer = await client.QueryAsync(data, stop);
            log.Reply(answer);
            return answer.IsSuccess();
        }
        catch (ConnectionLostException)
        {
            log.NoReply("the connection was lost: the server may have carried it out; asking again may do it twice");
        }
        catch (TimeoutException)
        {
            log.NoReply("no answer in time: the server may have carried it out; asking again may do it twice");
        }

        return false;
    }
}
