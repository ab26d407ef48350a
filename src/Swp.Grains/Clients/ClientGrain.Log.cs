using Microsoft.Extensions.Logging;
using Swp.Clients;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Clients;

internal sealed partial class ClientGrain
{
    [LoggerMessage(LogLevel.Debug, "{Client} is attached with epoch {Epoch} through {Gateway}")]
    private static partial void LogAttached(ILogger logger, ClientKey client, long epoch, string gateway);

    [LoggerMessage(LogLevel.Debug, "The connection of {Client} with epoch {Epoch} through {Gateway} is superseded")]
    private static partial void LogSuperseded(ILogger logger, ClientKey client, long epoch, string gateway);

    [LoggerMessage(LogLevel.Debug, "The connection of {Client} with epoch {Epoch} has ended: {Code}")]
    private static partial void LogDetached(ILogger logger, ClientKey client, long epoch, CloseCode code);

    [LoggerMessage(LogLevel.Information, "Connections of {Client} fight over it: one through {Gateway} is refused for {Wait}")]
    private static partial void LogFight(ILogger logger, ClientKey client, string gateway, TimeSpan wait);

    [LoggerMessage(LogLevel.Information, "{Client} is banned until {Until}: {Outcome}")]
    private static partial void LogBanned(ILogger logger, ClientKey client, DateTimeOffset? until, BanOutcome outcome);

    [LoggerMessage(LogLevel.Information, "{Client} is banned no longer: {Outcome}")]
    private static partial void LogUnbanned(ILogger logger, ClientKey client, BanOutcome outcome);

    [LoggerMessage(LogLevel.Information, "The connection of {Client} is closed on demand")]
    private static partial void LogDisconnected(ILogger logger, ClientKey client);

    [LoggerMessage(LogLevel.Warning, "The answer to a query of {Client} has {Size} bytes and is not sent")]
    private static partial void LogAnswerTooLarge(ILogger logger, ClientKey client, int size);

    [LoggerMessage(LogLevel.Error, "OnOpenAsync failed for {Client}")]
    private static partial void LogOpenFailed(ILogger logger, Exception exception, ClientKey client);

    [LoggerMessage(LogLevel.Error, "OnClosedAsync failed for {Client}")]
    private static partial void LogClosedFailed(ILogger logger, Exception exception, ClientKey client);

    [LoggerMessage(LogLevel.Error, "A {Kind} of {Client} could not be handled")]
    private static partial void LogFrameFailed(ILogger logger, Exception exception, ClientKey client, OwnerboundKind kind);
}
