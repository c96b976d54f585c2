using System.Text;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>Reads the fields of a body one after another; after the first fault all that follows is empty.</summary>
internal ref struct PduScanner(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private int _at;

    /// <summary>What is wrong first; <see cref="CommandStatus.Ok"/> while nothing is.</summary>
    public CommandStatus Fault { get; private set; }

    public readonly int Left => _span.Length - _at;

    public byte Byte()
    {
        if (Fault != CommandStatus.Ok) return 0;
        if (Left < 1)
        {
            Fault = CommandStatus.InvCmdLen;
            return 0;
        }
        return _span[_at++];
    }

    public uint Number() => (uint)((Byte() << 24) | (Byte() << 16) | (Byte() << 8) | Byte());

    /// <summary>A string that a NUL ends.</summary>
    /// <param name="max">Octets, the NUL included.</param>
    /// <param name="wrong">The fault where it is longer.</param>
    public string Text(int max, CommandStatus wrong)
    {
        if (Fault != CommandStatus.Ok) return "";
        var rest = _span[_at..];
        var length = rest[..Math.Min(rest.Length, max)].IndexOf((byte)0);
        if (length < 0)
        {
            Fault = rest.Length < max ? CommandStatus.InvCmdLen : wrong;
            return "";
        }
        _at += length + 1;
        return length == 0 ? "" : Encoding.Latin1.GetString(rest[..length]);
    }

    public SmppAddress Address(int max, CommandStatus wrong)
    {
        var (ton, npi) = (Byte(), Byte());
        return new SmppAddress(ton, npi, Text(max, wrong));
    }

    public ReadOnlyMemory<byte> Bytes(int length)
    {
        if (Fault != CommandStatus.Ok) return default;
        if (length > Left)
        {
            Fault = CommandStatus.InvCmdLen;
            return default;
        }
        var taken = bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    public void Fail(CommandStatus why)
    {
        if (Fault == CommandStatus.Ok) Fault = why;
    }
}
