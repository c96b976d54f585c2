namespace TwilioEmu;

/// <summary>How near the operations of Twilio's APIs come to the live service.</summary>
/// <param name="Counts">How many operations by <c>behaves</c>, <c>stores</c>, <c>shape</c>,
/// and how many are <c>refused</c> because what they are for is not emulated.</param>
/// <param name="Operations">Each of them.</param>
public sealed record FidelityReport(IReadOnlyDictionary<string, int> Counts, IReadOnlyList<OperationFidelity> Operations);

/// <summary>One operation.</summary>
/// <param name="Product">Host label: <c>verify</c>.</param>
/// <param name="Document">Of the public OpenAPI documents: <c>verify_v2</c>.</param>
/// <param name="Operation">Its id there.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Path">With its variables in braces.</param>
/// <param name="Fidelity"><c>behaves</c>: does what the live service does; <c>stores</c>: keeps what it is given; <c>shape</c>:
/// answers in the right shape.</param>
/// <param name="Lacks">What the live service does and the emulator does not, where that is known.</param>
/// <param name="Lack"><c>main</c> where that is what the operation is for, else <c>side</c>.</param>
/// <param name="Refused">True when it is answered 501 for that.</param>
public sealed record OperationFidelity(
    string Product, string Document, string Operation, string Method, string Path, string Fidelity, string? Lacks = null,
    string? Lack = null, bool Refused = false);
