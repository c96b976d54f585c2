using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>The line of a phone that rests (<see cref="RestingPhones"/>): made for one look at it.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="phones">Where it rests, or has woken meanwhile.</param>
/// <param name="arrival">The way of its texts.</param>
/// <param name="number">E.164.</param>
internal sealed class RestingLine(RememberedPhones phones, TextArrival arrival, string number) : IMessageLine
{
    /// <inheritdoc/>
    public ReceiptManner Manner => Behaviour.Texts.Manner;

    private HandsetBehaviour Behaviour => phones.BehaviourOf(number);

    /// <inheritdoc/>
    public void Submit(TextMessage message, IReceipts receipts) => arrival.Submit(Behaviour, message, receipts);

    /// <inheritdoc/>
    public void Resume(TextMessage message, IReceipts receipts, DateTimeOffset accepted) =>
        arrival.Resume(Behaviour, message, receipts, accepted);

    /// <inheritdoc/>
    public bool IsOn(string channel) => Behaviour.IsOn(channel);

    /// <inheritdoc/>
    public bool HidesNumber => Behaviour.UserName is not null;
}
