using System.Collections.Immutable;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>One protocol data unit: a request or a response.</summary>
/// <param name="Command">What it is.</param>
/// <param name="Status">Of a response how the request went; 0 in requests.</param>
/// <param name="Sequence">Names a request among those of its sender; the response repeats it.</param>
/// <param name="Body">Its mandatory parameters.</param>
public sealed record Pdu(CommandId Command, CommandStatus Status, uint Sequence, PduBody Body)
{
    /// <summary>Its optional parameters.</summary>
    public ImmutableArray<Tlv> Tlvs { get; init; } = [];

    /// <summary>A request.</summary>
    public static Pdu Request(CommandId command, uint sequence, PduBody body, params ImmutableArray<Tlv> tlvs) =>
        new(command, CommandStatus.Ok, sequence, body) { Tlvs = tlvs };

    /// <summary>The response to a request.</summary>
    public static Pdu Response(CommandId request, uint sequence, CommandStatus status, PduBody body, params ImmutableArray<Tlv> tlvs) =>
        new(request.Response(), status, sequence, body) { Tlvs = tlvs };
}

/// <summary>The mandatory parameters of a PDU.</summary>
public abstract record PduBody
{
    /// <summary>Of PDUs that have none, and of responses that refuse.</summary>
    public static PduBody Empty { get; } = new NoBody();

    internal abstract void Write(PduBuilder to);

    private sealed record NoBody : PduBody
    {
        internal override void Write(PduBuilder to)
        {
        }
    }
}
