using Swp.Grains.Services;

namespace Swp.Grains.Queries;

/// <summary>An answer on its way to the connection that asked.</summary>
internal readonly record struct QueryAnswer(long ConnectionId, string? Uuid, Answer Answer);
