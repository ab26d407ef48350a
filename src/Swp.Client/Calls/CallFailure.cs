using System.Net.Sockets;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Swp.Clients;

namespace Swp.Client.Calls;

/// <summary>What a failed grain call says about the request it carried.</summary>
internal static class CallFailure
{
    /// <summary>The outcome that is true after <paramref name="exception"/>.</summary>
    public static (CallOutcome Outcome, string Message) Classify(Exception exception) => exception switch
    {
        // The target silo was declared dead, or its connection broke, with the call under way. Whether the request had left for the client is unknown.
        SiloUnavailableException => (CallOutcome.LostInFlight, "The client's owner was lost before it answered."),

        // No verdict by the deadline: the owner, or the way to it, is gone.
        TimeoutException => (CallOutcome.LostInFlight, "The client's owner did not answer in time."),

        // Not by the caller, who is asked first: the cluster gave up a step of its own on the way, as when an owner dies while it is being looked up.
        OperationCanceledException => (CallOutcome.LostInFlight, "The call was given up on its way."),

        // A rejected message has not been executed.
        OrleansMessageRejectionException => (CallOutcome.NotSent, "The cluster refused the request before it was sent."),
        ConnectionFailedException or SocketException => (CallOutcome.ClusterUnavailable, "No silo could be reached."),
        GatewayTooBusyException => (CallOutcome.NotSent, "The cluster is too busy."),

        // No active silo can host the client's grain; the runtime has no narrower type for it.
        OrleansException => (CallOutcome.ClusterUnavailable, "No silo could serve the request."),

        // A directory lookup that was cut off, a failure of another member that cannot even be carried over: nothing is known.
        _ => (CallOutcome.LostInFlight, $"The cluster failed while it handled the request ({exception.GetType().Name})."),
    };
}
