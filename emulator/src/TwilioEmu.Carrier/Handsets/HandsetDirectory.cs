using TwilioEmu.Carrier.Mail;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>All phones of a world, by number; a phone is made when first mentioned.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class HandsetDirectory
{
    private readonly World _world;
    /// <summary>
    /// Phones remembered; of those beyond it the ones longest known are forgotten, unless they were configured or are in a call.
    /// </summary>
    public const int MaxPhones = 100_000;

    private readonly Dictionary<string, Handset> _phones = new(StringComparer.Ordinal);
    private readonly RestingPhones _resting = new();
    private readonly TextArrival _arrival;

    // A number where the name is none.
    private readonly Queue<(ulong Number, string? Name)> _forgettable = [];
    private readonly LegRegister _legs = new();
    private long _mentions;
    private readonly HandsetRules _rules = new();

    public HandsetDirectory(World world)
    {
        _world = world;
        _arrival = new TextArrival(world, Arrive);
        Exchange = new Exchange(world, MessageLineOf);
        Exchange.Attach(LineRank.Phones, new Lines(this));
        Exchange.HasPhone = Has;
        Mail = new Mailboxes(world);
    }

    /// <summary>Where these phones dial and text.</summary>
    public Exchange Exchange { get; }

    /// <summary>The mailboxes of the phones' owners and of everybody else.</summary>
    public Mailboxes Mail { get; }

    /// <summary>The phone of a number.</summary>
    public Handset Of(string number)
    {
        if (_phones.TryGetValue(number, out var phone)) return phone;
        var isNumber = RestingPhones.TryRead(number, out var digits);
        if (isNumber && _resting.Remove(digits, out var mentioned, out var text))
        {
            phone = new Handset(_world, number, _rules, _arrival) { Mentioned = mentioned };
            if (text is not null) phone.TakeOver(text);
            _phones.Add(number, phone);
            return phone;
        }
        phone = new Handset(_world, number, _rules, _arrival) { Mentioned = ++_mentions };
        _phones.Add(number, phone);
        Mention(digits, isNumber ? null : number);
        return phone;
    }

    /// <summary>How a phone behaves, for which it need not be one yet.</summary>
    internal HandsetBehaviour BehaviourOf(string number) =>
        _phones.TryGetValue(number, out var phone) ? phone.Behaviour : _rules.Find(number) ?? HandsetBehaviour.Usual;

    /// <summary>
    /// Says how a phone behaves from now on, or with <c>+1415*</c> all phones whose numbers begin so and that were told nothing of their
    /// own.
    /// </summary>
    public void Configure(string number, HandsetBehaviour behaviour)
    {
        if (number.EndsWith(HandsetRules.Any)) _rules.Set(number, behaviour);
        else Of(number).Behaviour = behaviour;
        _world.Journal.Write(
            AccountSid.None, HandsetEntries.Configured, number, 0, ("pick_up", behaviour.PickUp.Word()),
            ("texts", behaviour.Texts.Outcome.Word()));
    }

    /// <summary>A phone texts somebody; on a channel where <paramref name="to"/> is a channel's address.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">Number, short code, or a channel's address.</param>
    /// <param name="body">Its words.</param>
    /// <param name="mediaUrls">What goes with it.</param>
    /// <param name="act">What its owner does instead of writing; null for a text that is written.</param>
    /// <param name="cause">Seq of the entry it follows from; 0 for none.</param>
    /// <returns>The MessageSid when the emulator took it, else null: it went to another phone.</returns>
    public string? Text(string from, string to, string body, IReadOnlyList<string> mediaUrls, RichAct? act = null, long cause = 0)
    {
        body = act?.Body ?? body;
        var phone = Of(from);
        var sent = act is null
            ? _world.Journal.Write(
                AccountSid.None, HandsetEntries.Texted, from, cause, ("to", to), ("body", body), ("media_urls", mediaUrls))
            : _world.Journal.Write(
                AccountSid.None, HandsetEntries.Texted, from, cause, ("to", to), ("body", body), ("media_urls", mediaUrls),
                ("act", act.ToString()));
        var channel = ChannelAddress.ChannelOf(to);
        var message = new TextMessage(AccountSid.None, "", ChannelAddress.Of(from, channel), to, body, mediaUrls, sent.Seq)
        {
            Act = act,
            ProfileName = channel is null ? null : phone.Behaviour.Name ?? ChannelAddress.Bare(from).TrimStart('+'),
        };
        // Who writes in a chat has it open.
        if (channel is not null) phone.Open(to);
        var sid = Exchange.TextsTo(to)?.Receive(message);
        if (sid is null && !Exchange.IsNumber(to))
        {
            // Most often a slip: the test means a number of the app's, and no account has it.
            _world.Journal.Warn(
                AccountSid.None, from, sent.Seq, $"{to} was texted, and nobody in this world owns it; {Exchange.CureOfUnowned(to)}");
            Of(ChannelAddress.PhoneOf(to)).Keep(message);
        }
        phone.Remember(new HandsetText(sent.At, sid ?? "", message.From, to, body, mediaUrls));
        return sid;
    }

    /// <summary>What a phone's owner does comes to; null where the phone shows no such thing.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">Whom it answers.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="fault">Why not.</param>
    public RichAct? ActOf(string from, string to, TextDeed deed, out string? fault)
    {
        fault = null;
        if (ChannelAddress.ChannelOf(to) is not null) return deed.On(Of(from), to, out fault);
        fault = $"{to} is texted by SMS, which has no buttons, lists and places: write to whatsapp:{to} or an RCS agent";
        return null;
    }

    /// <summary>What a call to a number that nobody owns would be, and how somebody would own it.</summary>
    public string FromPhoneToPhone(string to) => $"a call from phone to phone: {Exchange.Unowned(to)}";

    /// <summary>A phone dials somebody.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">A number of the emulator; or a TwiML App, <c>app:AP...</c>, which an app's own phone dials.</param>
    /// <param name="script">What its owner does; null for what the phone's behaviour says, empty to listen.</param>
    /// <param name="parameters">Sent to a TwiML App (<c>device.connect({ params })</c>); null for none.</param>
    /// <param name="marks">What the carriers on the way say of the call; null for nothing.</param>
    /// <returns>
    /// The CallSid when the call is taken, else null: the number takes no calls, or it is another simulated phone's (such calls
    /// are not emulated, and the journal says so). A real phone is connected by the carrier, under a name that no account knows.
    /// </returns>
    public string? Dial(
        string from, string to, IReadOnlyList<ScriptStep>? script, IReadOnlyList<KeyValuePair<string, string>>? parameters = null,
        CarrierMarks? marks = null)
    {
        (string Name, object? Value)[] facts =
        [
            ("to", to), ("parameters", parameters), ("forwarded_from", marks?.ForwardedFrom), ("stir_verstat", marks?.StirVerstat),
        ];
        var dialled = _world.Journal.Write(AccountSid.None, HandsetEntries.Dialled, from, 0, [.. facts.Where(f => f.Value is not null)]);
        var callee = PartyAddress.Read(to);
        if ((callee.Kind == AddressKind.App ? Exchange.Calls : Exchange.CallsTo(to)) is not { } calls)
        {
            if (Exchange.Subscribers.Has(to) && Exchange.VoiceLine(callee) is { } line)
            {
                return DialPhone(from, callee, script, dialled.Seq, line);
            }
            // Told once: what is missing is the number, most often, and the call between phones what would be there without it.
            _world.Journal.Write(
                AccountSid.None, WorldEntries.NotEmulated, from, dialled.Seq, ("what", FromPhoneToPhone(to)));
            return null;
        }
        var phone = Of(from);
        phone.IsRegistered = true;
        var leg = new HandsetLeg(_world, phone, to, LegState.Dialling, Exchange.NewTracks(), _legs, script ?? phone.Behaviour.Script)
        {
            Cause = dialled.Seq,
            Studio = Exchange.Studio,
        };
        var offer = new CallOffer(AccountSid.None, "", leg.Address, callee, dialled.Seq)
        {
            Parameters = parameters ?? [],
            Marks = marks ?? CarrierMarks.None,
            // The app gets what the page gave as To (twilio.com/docs/voice/sdks/javascript).
            ShownTo = callee.Kind == AddressKind.App ? parameters?.LastOrDefault(p => p.Key == "To").Value ?? "" : null,
        };
        leg.CallSid = calls.Receive(leg, offer, out var owner);
        leg.Attach(owner);
        _world.Loop.Start(leg.DialAsync);
        return leg.CallSid.Length == 0 ? null : leg.CallSid;
    }

    /// <summary>The number of a real phone: the carrier connects the two, and no app takes part.</summary>
    private string DialPhone(string from, PartyAddress callee, IReadOnlyList<ScriptStep>? script, long cause, IVoiceLine line)
    {
        var phone = Of(from);
        var leg = new HandsetLeg(
            _world, phone, callee.Value, LegState.Dialling, Exchange.NewTracks(), _legs, script ?? phone.Behaviour.Script)
        {
            Cause = cause,
            Studio = Exchange.Studio,
            CallSid = _world.Sids.New("CA"),
        };
        var between = new PhoneCall(_world, Exchange, leg);
        leg.Attach(between);
        between.Begin(line, new CallOffer(AccountSid.None, leg.CallSid, leg.Address, callee, cause));
        _world.Loop.Start(leg.DialAsync);
        return leg.CallSid;
    }

    /// <summary>Phones that were mentioned, the first one first.</summary>
    /// <remarks>To be looked at: who is to do something is asked for by <see cref="Of"/>.</remarks>
    public IEnumerable<Handset> All
    {
        get
        {
            var all = _phones.Values.Select(static p => (p.Mentioned, Phone: (Handset?)p, Number: 0UL))
                .Concat(_resting.All.Select(static r => (r.Mentioned, Phone: (Handset?)null, r.Number))).ToArray();
            Array.Sort(all, static (one, other) => one.Mentioned.CompareTo(other.Mentioned));
            return all.Select(p => p.Phone ?? Shown(p.Number));
        }
    }

    /// <summary>Every phone's end of every call that goes on.</summary>
    public IEnumerable<HandsetLeg> Legs => _legs.All;

    /// <summary>The phones that take part in a call now: those that dialled it or were placed for it.</summary>
    public IReadOnlyList<HandsetLeg> LegsOf(string callSid) => _legs.Of(callSid);

    /// <summary>The calls a phone takes part in now.</summary>
    public IReadOnlyList<HandsetLeg> LegsAt(string number) => _legs.At(number);

    /// <summary>How many phones are remembered.</summary>
    private int Count => _phones.Count + _resting.Count;

    private bool Has(string number) =>
        _phones.ContainsKey(number) || (RestingPhones.TryRead(number, out var digits) && _resting.Has(digits));

    /// <summary>The line for texts: that of the phone, or while nothing but a text comes to it, one for all such.</summary>
    private IMessageLine MessageLineOf(string address)
    {
        if (!RestingPhones.TryRead(address, out var number)) return Of(ChannelAddress.PhoneOf(address));
        if (_phones.TryGetValue(address, out var phone)) return phone;
        if (!_resting.Has(number))
        {
            _resting.Add(number, ++_mentions);
            Mention(number, null);
        }
        return new RestingLine(this, _arrival, address);
    }

    private void Mention(ulong number, string? name)
    {
        _forgettable.Enqueue((number, name));
        if (Count > MaxPhones + (MaxPhones / 64)) Forget();
    }

    private void Arrive(TextMessage message, IReceipts receipts, DeliveryReport report)
    {
        var number = ChannelAddress.PhoneOf(message.To);
        if (report.Outcome != DeliveryOutcome.Delivered || !TryKeepResting(number, message))
        {
            // One that was forgotten meanwhile is nobody's any more.
            var phone = Has(number) ? Of(number) : new Handset(_world, number, _rules, _arrival);
            phone.Arrive(message, receipts, report);
            return;
        }
        receipts.Delivered(message);
    }

    /// <summary>Leaves a text with a phone that rests; false where the phone has to do more than keep it.</summary>
    private bool TryKeepResting(string number, TextMessage message)
    {
        if (!RestingPhones.TryRead(number, out var digits) || ChannelAddress.ChannelOf(message.From) is not null) return false;
        var text = HandsetText.Of(message, _world.Clock.GetUtcNow());
        if (!_resting.Has(digits) || text.CodeIn(message) is not null || !_resting.TryKeep(digits, text)) return false;
        _world.Journal.Write(message.Account, HandsetEntries.Received, number, message.Cause, text);
        return true;
    }

    /// <summary>A phone that rests, as it would be.</summary>
    private Handset Shown(ulong number)
    {
        var phone = new Handset(_world, RestingPhones.NameOf(number), _rules, _arrival);
        if (_resting.TextOf(number) is { } text) phone.TakeOver(text);
        return phone;
    }

    private void Forget()
    {
        var count = 0;
        for (var looked = _forgettable.Count; looked > 0 && Count > MaxPhones; looked--)
        {
            var next = _forgettable.Dequeue();
            if (next.Name is null && _resting.Forget(next.Number))
            {
                count++;
                continue;
            }
            var number = next.Name ?? RestingPhones.NameOf(next.Number);
            // What was configured stays for good and leaves the queue; what is in a call comes round again.
            if (_phones[number].IsConfigured) continue;
            if (_legs.At(number).Count > 0) _forgettable.Enqueue(next);
            else if (_phones.Remove(number)) count++;
        }
        if (count > 0)
        {
            _world.Journal.Write(AccountSid.None, HandsetEntries.Forgotten, "handsets", 0, ("count", count), ("kept", Count));
        }
    }

    /// <summary>Whoever has no other line has a phone: numbers, SIMs, the apps' own clients, WhatsApp on a phone.</summary>
    private sealed class Lines(HandsetDirectory phones) : ILineProvider
    {
        public bool Serves(AddressKind kind) =>
            kind is AddressKind.Client or AddressKind.Sim or AddressKind.WhatsApp || new PartyAddress(kind, "").IsNumber;

        public IVoiceLine? Find(PartyAddress address)
        {
            if (!Serves(address.Kind)) return null;
            var phone = phones.Of(address.Kind == AddressKind.WhatsApp ? address.Value : address.ToString());
            return new HandsetLine(phones._world, phone, phones.Exchange, phones._legs);
        }
    }
}
