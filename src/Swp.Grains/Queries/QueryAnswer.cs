using Swp.Grains.Services;

namespace Swp.Grains.Queries;

/// <summary>An answer on its way to the connection that asked: its number and the epoch it had then.</summary>
internal readonly record struct QueryAnswer(long ConnectionId, long Epoch, string? Uuid, Answer Answer);
