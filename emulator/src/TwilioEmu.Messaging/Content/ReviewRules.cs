namespace TwilioEmu.Messaging.Content;

/// <summary>How WhatsApp looks into templates in a world: hours in earnest.</summary>
public sealed record ReviewRules
{
    /// <summary>How long each step takes: received, pending, then the word.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>False rejects them all.</summary>
    public bool Approves { get; init; } = true;
}
