using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>How a phone behaves; what a config file, a scenario or <c>PUT /_emu/v1/handsets/{number}</c> may say of it.</summary>
public sealed record HandsetBehaviour
{
    /// <summary>How a phone behaves that nobody said anything of: answers after 2 s and listens, receives every text.</summary>
    public static HandsetBehaviour Usual { get; } = new();

    /// <summary>What it does with a call.</summary>
    public PickUp PickUp { get; init; } = PickUp.Answers;

    /// <summary>How long it rings before it answers, is refused or turns out busy.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What is said first: a machine's greeting, a person's hello. Null for the usual: a machine asks for a
    /// message, a person says hello to a caller who listens for who answers, unless the script begins by itself.
    /// </summary>
    public string? Greeting { get; init; }

    /// <summary>False for a machine that takes messages without a beep.</summary>
    public bool Beeps { get; init; } = true;

    /// <summary>What its owner does once connected; empty listens until the other side hangs up.</summary>
    public IReadOnlyList<ScriptStep> Script { get; init; } = [];

    /// <summary>What becomes of texts sent to it.</summary>
    public DeliveryReport Texts { get; init; } = new();

    /// <summary>
    /// True when the control API or a browser acts for its owner: it waits to be told to answer, press and speak, and holds
    /// virtual time while such a decision is awaited.
    /// </summary>
    public bool IsDrivenFromOutside { get; init; }

    /// <summary>The name its owner goes by on channels; null for the user name, else the number's digits.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The user name its owner has on WhatsApp (<see cref="UserNames"/>): businesses that do not know the number are not shown it. Null for
    /// none.
    /// </summary>
    public string? UserName { get; init; }

    /// <summary>False for a phone without WhatsApp: 63024.</summary>
    public bool HasWhatsApp { get; init; } = true;

    /// <summary>False for a phone that RCS does not reach: 63036, or SMS in its stead.</summary>
    public bool HasRcs { get; init; } = true;

    /// <summary>True for a phone that can be reached on a channel.</summary>
    public bool IsOn(string channel) => channel switch
    {
        ChannelAddress.WhatsApp => HasWhatsApp,
        ChannelAddress.Rcs => HasRcs,
        _ => true,
    };
}

/// <summary>What a phone does with a call.</summary>
public enum PickUp
{
    Answers,
    Busy,
    NoAnswer,
    Rejects,
    Machine,
    Unreachable,

    /// <summary>Answers with the tone of a fax.</summary>
    Fax,
}

/// <summary>What becomes of a text sent to a phone.</summary>
/// <param name="Outcome">The last word of the carrier.</param>
/// <param name="ErrorCode">Twilio's code for an outcome that is no delivery, such as 30003.</param>
/// <param name="Delay">From the carrier's acceptance to the receipt; null for the carrier's usual one.</param>
/// <param name="Receipts">In what manner the receipts come.</param>
/// <param name="Reads">From its arrival until it is read, on channels with read
/// receipts; null leaves it until its owner writes there.</param>
public sealed record DeliveryReport(
    DeliveryOutcome Outcome = DeliveryOutcome.Delivered, int? ErrorCode = null, TimeSpan? Delay = null, ReceiptManner Receipts = default,
    TimeSpan? Reads = null)
{
    /// <summary>In what manner its receipts are to be told.</summary>
    internal ReceiptManner Manner => Outcome == DeliveryOutcome.NoReceipt ? default : Receipts;
}

/// <summary>The carrier's last word on a text.</summary>
public enum DeliveryOutcome
{
    /// <summary>The handset has it.</summary>
    Delivered,

    /// <summary>It left and did not arrive; 30003 unless said otherwise.</summary>
    Undelivered,

    /// <summary>The carrier refused it; 30008 unless said otherwise.</summary>
    Failed,

    /// <summary>It left and nothing was ever heard again: stays <c>sent</c>.</summary>
    NoReceipt,
}
