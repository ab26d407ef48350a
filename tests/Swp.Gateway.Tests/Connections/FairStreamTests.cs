using Swp.Gateway.Connections;

namespace Swp.Gateway.Tests.Connections;

public sealed class FairStreamTests
{
    private const int Piece = 100;

    [Fact]
    public async Task Read_SmallFrames_TakesWhatIsThereAtOnce()
    {
        await using var stream = new FairStream(new MemoryStream(new byte[Piece * 10]));

        for (var i = 0; i < 10; i++)
        {
            var read = stream.ReadAsync(new byte[Piece]);
            Assert.True(read.IsCompleted);
            Assert.Equal(Piece, await read);
        }
    }

    [Fact]
    public async Task Read_MuchThatIsThere_LetsOthersGoFirstNowAndThenAndLosesNothing()
    {
        var sent = new byte[100 * 1024];
        Random.Shared.NextBytes(sent);
        await using var stream = new FairStream(new MemoryStream(sent));
        var (received, waits) = (new MemoryStream(), 0);

        for (var buffer = new byte[Piece]; ;)
        {
            var read = stream.ReadAsync(buffer);
            waits += read.IsCompleted ? 0 : 1;
            if (await read is not (> 0 and var count))
            {
                break;
            }

            received.Write(buffer, 0, count);
        }

        Assert.Equal(sent, received.ToArray());
        Assert.InRange(waits, 3, 8);
    }
}
