using Swp.Clients;

namespace Swp.Client.Calls;

/// <summary>What one attempt says of a call.</summary>
/// <param name="Result">The outcome, if no other attempt follows.</param>
/// <param name="Next">Whether one may.</param>
internal readonly record struct Verdict(CallResult Result, NextStep Next);
