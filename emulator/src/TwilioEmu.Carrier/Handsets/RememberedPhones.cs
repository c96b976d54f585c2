using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>The phones a world knows, each made when first mentioned; a broadcast's stay numbers while nothing but a text comes.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class RememberedPhones
{
    /// <summary>
    /// Of more than these, the ones longest known are forgotten, unless they were configured or are in a call.
    /// </summary>
    private const int MaxPhones = 100_000;

    // So many at a time, or each new one would look for one to go.
    private const int ForgottenAtOnce = MaxPhones / 64;

    private readonly World _world;
    private readonly HandsetRules _rules;
    private readonly LegRegister _legs;
    private readonly TextArrival _arrival;
    private readonly Dictionary<string, Handset> _phones = new(StringComparer.Ordinal);
    private readonly PhoneMemory _memory;
    private readonly RestingPhones _resting;

    // A number where the name is none.
    private readonly Queue<(ulong Number, string? Name)> _forgettable = [];
    private long _mentions;

    public RememberedPhones(World world, HandsetRules rules, LegRegister legs)
    {
        (_world, _rules, _legs) = (world, rules, legs);
        _arrival = new TextArrival(world, Arrive);
        _memory = new PhoneMemory(world.Options.MaxPhoneBytes, forgot: TellForgotten);
        _resting = new RestingPhones(_memory);
    }

    private int Count => _phones.Count + _resting.Count;

    /// <summary>Phones that were mentioned, the first one first; those that rest as they would be.</summary>
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

    /// <summary>The phone of a number.</summary>
    public Handset Of(string number)
    {
        if (_phones.TryGetValue(number, out var phone)) return phone;
        var isNumber = RestingPhones.TryRead(number, out var digits);
        if (isNumber && _resting.Remove(digits, out var mentioned, out var text))
        {
            phone = new Handset(_world, number, _rules, _arrival, _memory) { Mentioned = mentioned };
            if (text is { } kept) phone.TakeOver(kept);
            _phones.Add(number, phone);
            return phone;
        }
        phone = new Handset(_world, number, _rules, _arrival, _memory) { Mentioned = ++_mentions };
        _phones.Add(number, phone);
        Mention(digits, isNumber ? null : number);
        return phone;
    }

    public bool Has(string number) =>
        _phones.ContainsKey(number) || (RestingPhones.TryRead(number, out var digits) && _resting.Has(digits));

    /// <summary>How a phone behaves, for which it need not be one yet.</summary>
    public HandsetBehaviour BehaviourOf(string number) =>
        _phones.TryGetValue(number, out var phone) ? phone.Behaviour : _rules.Find(number) ?? HandsetBehaviour.Usual;

    /// <summary>The line for texts: that of the phone, or while nothing but a text comes to it, one for all such.</summary>
    public IMessageLine MessageLineOf(string address)
    {
        if (!RestingPhones.TryRead(address, out var number)) return Of(ChannelAddress.PhoneOf(address));
        if (_phones.TryGetValue(address, out var phone)) return phone;
        if (_resting.TryAdd(number, _mentions + 1))
        {
            _mentions++;
            Mention(number, null);
        }
        return new RestingLine(this, _arrival, address);
    }

    private void Arrive(TextMessage message, IReceipts receipts, DeliveryReport report)
    {
        var number = ChannelAddress.PhoneOf(message.To);
        if (report.Outcome != DeliveryOutcome.Delivered || !TryKeepResting(number, message))
        {
            // One that was forgotten meanwhile is nobody's any more.
            var phone = Has(number) ? Of(number) : new Handset(_world, number, _rules, _arrival, _memory);
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

    private void TellForgotten(int count) => _world.Journal.Write(
        AccountSid.None, HandsetEntries.Trimmed, "handsets", 0, ("count", count), ("room", _world.Options.MaxPhoneBytes));

    /// <summary>A phone that rests, as it would be.</summary>
    private Handset Shown(ulong number)
    {
        var phone = new Handset(_world, RestingPhones.NameOf(number), _rules, _arrival, _memory);
        if (_resting.TextOf(number) is { } text) phone.TakeOver(text);
        return phone;
    }

    private void Mention(ulong number, string? name)
    {
        _forgettable.Enqueue((number, name));
        if (Count > MaxPhones + ForgottenAtOnce) Forget();
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
}
