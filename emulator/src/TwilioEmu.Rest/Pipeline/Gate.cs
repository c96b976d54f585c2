using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>
/// Asks somebody before an operation is done; null where there is nobody to ask, and the operation is done in the same turn.
/// </summary>
/// <remarks>
/// A turn of the loop; the task completes on the loop. What is asked is admitted
/// and checked; what is done comes in a later turn, and checks the world anew.
/// </remarks>
public delegate Task<Admission>? Gate(RestRequest request);

/// <summary>What a gate's keeper said.</summary>
/// <param name="Refusal">Why the operation must not be done; null lets it pass.</param>
/// <param name="Changes">Parameters that are to be otherwise, by name.</param>
/// <param name="Cause">Seq of the entry that says so: the cause of what is done.</param>
public sealed record Admission(TwilioError? Refusal, IReadOnlyDictionary<string, string> Changes, long Cause);
