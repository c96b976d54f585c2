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

    // twilio.com/docs/api/errors/63024, 63036.
    private const int NotOnWhatsApp = 63024;
    private const int NotOnRcs = 63036;

    private readonly World _world;
    private readonly HandsetRules _rules;
    private HandsetBehaviour? _own;
    private Recent<HandsetText> _received;
    private Recent<HandsetText> _sent;
    private Recent<HandsetSound> _heard;
    private Recent<HandsetSound> _uttered;
    private Recent<CodeKept> _codes;
    private UnreadTexts? _unread;

    internal Handset(World world, string number, HandsetRules rules)
    {
        (_world, _rules) = (world, rules);
        Number = number;
    }

    public string Number { get; }

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
    public ReceiptManner Manner =>
        Behaviour.Texts is { Outcome: not DeliveryOutcome.NoReceipt, Receipts: var receipts } ? receipts : default;

    /// <inheritdoc/>
    public bool IsOn(string channel) => channel switch
    {
        ChannelAddress.WhatsApp => Behaviour.HasWhatsApp,
        ChannelAddress.Rcs => Behaviour.HasRcs,
        _ => true,
    };

    /// <summary>Texts received, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyCollection<HandsetText> Received => _received.Items;

    /// <summary>Texts sent, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyCollection<HandsetText> Sent => _sent.Items;

    /// <summary>What was to be heard in its calls, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyCollection<HandsetSound> Heard
    {
        get
        {
            Recalling?.Invoke();
            // Each of several calls tells its own.
            return [.. _heard.Items.OrderBy(s => s.At)];
        }
    }

    /// <summary>Asks its calls for what they have not told it yet: somebody looks at what it heard.</summary>
    internal event Action? Recalling;

    /// <summary>What its owner said and pressed in calls, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyCollection<HandsetSound> Uttered => _uttered.Items;

    /// <summary>One-time codes texted or spoken to it, oldest first, the last <see cref="MaxTexts"/>.</summary>
    public IReadOnlyCollection<CodeKept> Codes => _codes.Items;

    /// <inheritdoc/>
    public void Submit(TextMessage message, IReceipts receipts)
    {
        var report = Behaviour.Texts;
        if (ChannelAddress.ChannelOf(message.From) is { } channel && !IsOn(channel))
        {
            receipts.Refused(message, channel == ChannelAddress.Rcs ? NotOnRcs : NotOnWhatsApp);
            return;
        }
        if (report.Outcome == DeliveryOutcome.Failed)
        {
            receipts.Refused(message, report.ErrorCode ?? 30008);
            return;
        }
        receipts.Accepted(message);
        Await(message, receipts, report, report.Delay ?? UsualReceiptDelay);
    }

    /// <inheritdoc/>
    public void Resume(TextMessage message, IReceipts receipts, DateTimeOffset accepted)
    {
        var report = Behaviour.Texts;
        var left = accepted + (report.Delay ?? UsualReceiptDelay) - _world.Clock.GetUtcNow();
        Await(message, receipts, report, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private void Await(TextMessage message, IReceipts receipts, DeliveryReport report, TimeSpan delay)
    {
        if (report.Outcome == DeliveryOutcome.NoReceipt) return;
        // One timer per text on its way; the callback is a turn of the loop.
        _world.Clock.CreateTimer(
            report.Outcome switch
            {
                DeliveryOutcome.Undelivered => "message.undelivered",
                DeliveryOutcome.Failed => "message.failed",
                _ => "message.delivered",
            },
            static state =>
            {
                var (phone, text, mailbox, outcome) = ((Handset, TextMessage, IReceipts, DeliveryReport))state!;
                phone.Arrive(text, mailbox, outcome);
            },
            (this, message, receipts, report), delay, Timeout.InfiniteTimeSpan);
    }

    internal void Remember(HandsetText text) => _sent.Add(text, MaxTexts);

    internal void RememberHeard(HandsetSound sound) => _heard.Add(sound, MaxTexts);

    /// <summary>A code was spoken to it, to its end.</summary>
    internal void HearCode(HandsetSound sound, long cause) =>
        KeepCode(AccountSid.None, CodeKept.Of(sound.At + sound.Duration, "call", sound.With, sound.CallSid, sound.Words, null), cause);

    internal void RememberUttered(HandsetSound sound) => _uttered.Add(sound, MaxTexts);

    /// <summary>A text reached this phone from another phone.</summary>
    internal void Keep(TextMessage message)
    {
        var text = new HandsetText(_world.Clock.GetUtcNow(), message.Subject, message.From, message.To, message.Body, message.MediaUrls)
        {
            Content = message.Content,
        };
        _received.Add(text, MaxTexts);
        var received = _world.Journal.Write(message.Account, HandsetEntries.Received, Number, message.Cause, text);
        KeepCode(
            message.Account, CodeKept.Of(text.At, ChannelOf(message.From), message.From, message.Subject, message.Body, message.Code),
            received.Seq);
    }

    /// <summary>Its owner opens the chat with a channel's sender: what came from there was read.</summary>
    internal void Open(string sender) => _unread?.Open(sender);

    private void KeepCode(AccountSid account, CodeKept? code, long cause)
    {
        if (code is null) return;
        _codes.Add(code, MaxTexts);
        _world.Journal.Write(account, CodeEntries.OnPhone, Number, cause, code);
    }

    private static string ChannelOf(string from) => ChannelAddress.ChannelOf(from) ?? "sms";

    private void Arrive(TextMessage message, IReceipts receipts, DeliveryReport report)
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
