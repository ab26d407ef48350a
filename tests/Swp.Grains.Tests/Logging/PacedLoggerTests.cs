using Microsoft.Extensions.Logging;
using Swp.Cluster.Logging;
using Swp.Testing.Logging;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Logging;

public sealed partial class PacedLoggerTests
{
    private readonly HostileTimeProvider _time = new();
    private readonly RecordingLogger<PacedLoggerTests> _log = new();
    private readonly PacedLogger<PacedLoggerTests> _paced;

    public PacedLoggerTests() => _paced = new PacedLogger<PacedLoggerTests>(_log, _time);

    [Fact]
    public void Flood_SoManyPassAndTheNextSaysHowManyWereLeftOut()
    {
        Flood(1_000);
        Assert.Equal(PacedLogger<PacedLoggerTests>.Lines, _log.Lines.Count);

        _time.Advance(PacedLogger<PacedLoggerTests>.Interval);
        Flood(1);

        Assert.Equal(["Information: 990 lines more of the kind LogRefused were left out", "Error: 0 is refused"], _log.Lines.TakeLast(2).Select(line => line.Line));
    }

    [Fact]
    public void Flood_ForLong_IsBoundedByTime()
    {
        for (var i = 0; i < 60; i++)
        {
            Flood(1_000);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_log.Lines.Count, 60, 6 * (PacedLogger<PacedLoggerTests>.Lines + 1));
    }

    [Fact]
    public void OtherKinds_HaveAShareOfTheirOwn()
    {
        Flood(1_000);
        LogOther(_paced);
        Assert.Equal("Warning: other", _log.Lines.Last().Line);
    }

    [Fact]
    public void BelowInformation_EverythingPasses()
    {
        for (var i = 0; i < 100; i++)
        {
            LogDetail(_paced);
        }

        Assert.Equal(100, _log.Lines.Count);
    }

    [Fact]
    public void Few_AllPass()
    {
        for (var i = 0; i < 100; i++)
        {
            Flood(1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(100, _log.Lines.Count);
    }

    private void Flood(int count)
    {
        for (var i = 0; i < count; i++)
        {
            LogRefused(_paced, i);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Number} is refused")]
    private static partial void LogRefused(ILogger logger, int number);

    [LoggerMessage(LogLevel.Warning, "other")]
    private static partial void LogOther(ILogger logger);

    [LoggerMessage(LogLevel.Debug, "detail")]
    private static partial void LogDetail(ILogger logger);
}
