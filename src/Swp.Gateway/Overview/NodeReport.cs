using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>What a member said when it was asked.</summary>
/// <param name="Member">The member.</param>
/// <param name="Gateway">What it said as a gateway.</param>
/// <param name="Owner">What it said as an owner.</param>
internal sealed record NodeReport(Member Member, GatewayReport? Gateway, OwnerReport? Owner)
{
    /// <summary>Whether it has said all that it was asked.</summary>
    public bool Answers => (!Member.IsGateway || Gateway is not null) && (!Member.IsOwner || Owner is not null);
}
