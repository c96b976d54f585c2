namespace TwilioEmu.Rest.Resources;

/// <summary>What the live service does when an operation is called, and the emulator does not.</summary>
/// <param name="Words">As the end of a sentence: <c>no code is sent</c>.</param>
/// <param name="IsMain">
/// True where that is what the operation is for: to keep it and answer with success would be a lie, so it is refused unless the unbuilt
/// are to be stored. Configuration (services, workers, flows, templates,
/// trunks) is worth keeping by itself: its lacks are told, never refused.
/// </param>
public sealed record Lack(string Words, bool IsMain)
{
    /// <summary>Of an action that only has an answer's shape.</summary>
    internal static Lack OfShape { get; } = new("nothing is done", true);

    /// <summary>One of <c>main</c> and <c>side</c>, as the table and the control API spell it.</summary>
    public string Part => IsMain ? "main" : "side";

    internal static Lack Read(string part, string words) => part switch
    {
        "main" => new Lack(words, true),
        "side" => new Lack(words, false),
        _ => throw new InvalidDataException($"a lack is main or side, not '{part}'"),
    };
}
