using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>One header line: its name and its value as bytes, a slice of what was received.</summary>
/// <param name="Name">The full form of a known name; an unknown one as it was written.</param>
/// <param name="Value">UTF-8, unfolded, without white space around it. Never holds a line end.</param>
public readonly record struct SipHeader(string Name, ReadOnlyMemory<byte> Value)
{
    /// <summary>Line ends in the text become spaces: a value cannot begin another header.</summary>
    public SipHeader(string name, string value) : this(name, Encoding.UTF8.GetBytes(OneLine(value))) { }

    public string Text => Encoding.UTF8.GetString(Value.Span);

    public bool Is(string name) => ReferenceEquals(Name, name) || Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public bool Equals(SipHeader other) => Is(other.Name) && Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Name), Value.Length);

    public override string ToString() => $"{Name}: {Text}";

    private static string OneLine(string value) => value.AsSpan().ContainsAny('\r', '\n') ? value.Replace('\r', ' ').Replace('\n', ' ')
        .Trim() : value;
}
