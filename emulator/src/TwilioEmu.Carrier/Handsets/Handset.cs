using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>A phone that no account owns: it exists as soon as it is mentioned, and receives every text.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class Handset : IMessageLine
{
    /// <summary>Texts a phone remembers; older ones go.</summary>
    public const int MaxTexts = 1000;

    /// <summary>From the carrier's acceptance to the receipt, unless the phone says otherwise; Twilio's is 0.5 to 5 s (inferred).</summary>
    public static readonly TimeSpan UsualReceiptDelay = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly HandsetRules _rules;
    private readonly TextArrival _arrival;
    private readonly PhoneMemory _memory;
    private HandsetBehaviour? _own;
    private Recent<HandsetText> _received;
    private Recent<HandsetText> _sent;
    private Recent<HandsetSound> _heard;
    private Recent<HandsetSound> _uttered;
    private Recent<CodeKept> _codes;
    private UnreadTexts? _unread;

    internal Handset(World world, string number, HandsetRules rules, TextArrival arrival, PhoneMemory memory)
    {
        (_world, _rules, _arrival, _memory) = (world, rules, arrival, memory);
        Number = number;
    }

    public string Number { get; }

    /// <summary>Its place in the order of mention.</summary>
    internal long Mentioned { get; init; }

    /// <summary>Its own, or that of the longest rule for numbers like it.</summary>
    public HandsetBehaviour Behaviour
    {
        get => _own ?? _rules.Find(Number) ?? HandsetBehaviour.Usual;
        internal set => _own = value;
    }

    /// <summary>
    /// True once somebody said how it behaves, by itself or in a rule, or once it has dialled: an app's own phone is there only then.
    /// </summary>
    public bool IsRegistered
    {
        get => field || _own is not null || _rules.Find(Number) is not null;
        internal set;
    }

    /// <summary>True when somebody said how this very phone behaves.</summary>
    internal bool IsConfigured => _own is not null && _own != HandsetBehaviour.Usual;

    /// <inheritdoc/>
    public ReceiptManner Manner => Behaviour.Texts.Manner;

    /// <inheritdoc/>
    public bool IsOn(string channel) => Behaviour.IsOn(channel);

    /// <inheritdoc/>
    public bool HidesNumber => Behaviour.UserName is not null;

    /// <summary>
    /// Texts received, oldest first, the last <see cref="MaxTexts"/>; fewer where all phones together have no room for them.
    /// </summary>
    public IReadOnlyList<HandsetText> Received => _received.Items(_memory, HandsetText.Form);

    /// <summary>How many texts <see cref="Received"/> has, which is not made for it.</summary>
    public int ReceivedCount => _received.Count(_memory);

    /// <summary>How many texts <see cref="Sent"/> has, which is not made for it.</summary>
    public int SentCount => _sent.Count(_memory);

    /// <summary>The text that came or went last; null for none.</summary>
    public HandsetText? Last
    {
        get
        {
            var (received, sent) = (_received.Newest(_memory, HandsetText.Form), _sent.Newest(_memory, HandsetText.Form));
            return sent is null || received?.At >= sent.At ? received : sent;
        }
    }

    /// <summary>Texts sent, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyList<HandsetText> Sent => _sent.Items(_memory, HandsetText.Form);

    /// <summary>What was to be heard in its calls, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyList<HandsetSound> Heard
    {
        get
        {
            Recalling?.Invoke();
            // Each of several calls tells its own.
            return [.. _heard.Items(_memory, HandsetSound.Form).OrderBy(s => s.At)];
        }
    }

    /// <summary>Asks its calls for what they have not told it yet: somebody looks at what it heard.</summary>
    internal event Action? Recalling;

    /// <summary>What its owner said and pressed in calls, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyList<HandsetSound> Uttered => _uttered.Items(_memory, HandsetSound.Form);

    /// <summary>One-time codes texted or spoken to it, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyList<CodeKept> Codes => _codes.Items(_memory, CodeKept.Form);

    /// <inheritdoc/>
    public void Submit(TextMessage message, IReceipts receipts) => _arrival.Submit(Behaviour, message, receipts);

    /// <inheritdoc/>
    public void Resume(TextMessage message, IReceipts receipts, DateTimeOffset accepted) =>
        _arrival.Resume(Behaviour, message, receipts, accepted);

    /// <summary>What came to it while it was no more than a number.</summary>
    internal void TakeOver(PhoneMemory.Place text) => _received.Add(_memory, text, MaxTexts);

    internal void Remember(HandsetText text) => _sent.Add(_memory, text, MaxTexts);

    internal void RememberHeard(HandsetSound sound) => _heard.Add(_memory, sound, MaxTexts);

    /// <summary>A code was spoken to it, to its end.</summary>
    internal void HearCode(HandsetSound sound, long cause) =>
        KeepCode(AccountSid.None, CodeKept.Of(sound.At + sound.Duration, "call", sound.With, sound.CallSid, sound.Words, null), cause);

    internal void RememberUttered(HandsetSound sound) => _uttered.Add(_memory, sound, MaxTexts);

    /// <summary>A text reached this phone from another phone.</summary>
    internal void Keep(TextMessage message)
    {
        var text = HandsetText.Of(message, _world.Clock.GetUtcNow());
        _received.Add(_memory, text, MaxTexts);
        var received = _world.Journal.Write(message.Account, HandsetEntries.Received, Number, message.Cause, text);
        KeepCode(message.Account, text.CodeIn(message), received.Seq);
    }

    /// <summary>Its owner opens the chat with a channel's sender: what came from there was read.</summary>
    internal void Open(string sender) => _unread?.Open(sender);

    private void KeepCode(AccountSid account, CodeKept? code, long cause)
    {
        if (code is null) return;
        _codes.Add(_memory, code, MaxTexts);
        _world.Journal.Write(account, CodeEntries.OnPhone, Number, cause, code);
    }

    /// <summary>A text is here, or was lost on its way.</summary>
    internal void Arrive(TextMessage message, IReceipts receipts, DeliveryReport report)
    {
        if (report.Outcome == DeliveryOutcome.Delivered)
        {
            Keep(message);
            receipts.Delivered(message);
            if (ChannelAddress.ChannelOf(message.From) is not null)
            {
                (_unread ??= new UnreadTexts(_world, Number)).Add(message, receipts, report.Reads);
            }
        }
        else
        {
            receipts.Undelivered(message, report.ErrorCode ?? 30003);
        }
    }
}
