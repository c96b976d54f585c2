using System.Collections.Immutable;
using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>The header lines of a message in order, unknown ones among them. Immutable.</summary>
public sealed class SipHeaders(ImmutableArray<SipHeader> lines)
{
    public static SipHeaders Empty { get; } = new([]);

    public ImmutableArray<SipHeader> Lines { get; } = lines;

    /// <summary>The first line of that name, null when there is none.</summary>
    public string? this[string name] => Find(name) is { } header ? header.Text : null;

    public bool Has(string name) => Find(name) is not null;

    public SipHeader? Find(string name)
    {
        foreach (var header in Lines)
            if (header.Is(name)) return header;
        return null;
    }

    public int Count(string name)
    {
        var count = 0;
        foreach (var header in Lines)
            if (header.Is(name)) count++;
        return count;
    }

    /// <summary>Every value of that name: of several lines, and of several values in a line, parted at commas outside of quotes and
    /// brackets.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Values(string name)
    {
        foreach (var header in Lines)
        {
            if (!header.Is(name)) continue;
            var rest = header.Value;
            while (rest.Length > 0)
            {
                var end = EndOfValue(rest.Span);
                yield return Trim(rest[..end]);
                rest = rest[Math.Min(end + 1, rest.Length)..];
            }
        }
    }

    /// <summary>The option tags, methods or other tokens in that header.</summary>
    public bool HasToken(string name, string token)
    {
        if (!Has(name)) return false;
        foreach (var value in Values(name))
            if (Ascii.EqualsIgnoreCase(value.Span, token)) return true;
        return false;
    }

    /// <summary>The parties that header names in order; false when one cannot be read.</summary>
    public bool TryGetAddresses(string name, out ImmutableArray<NameAddr> addresses)
    {
        addresses = [];
        if (!Has(name)) return true;
        var list = ImmutableArray.CreateBuilder<NameAddr>();
        foreach (var value in Values(name))
        {
            if (!NameAddr.TryParse(value.Span, out var address))
            {
                return false;
            }
            list.Add(address);
        }
        addresses = list.DrainToImmutable();
        return true;
    }

    /// <summary>A delta-seconds or other number; null when the header is not there or no number (parameters after it are let
    /// pass).</summary>
    public uint? Number(string name)
    {
        if (Find(name) is not { } header) return null;
        var scanner = new SipScanner(header.Value.Span);
        scanner.SkipSpace();
        return scanner.TryTakeNumber(out var number) ? number : null;
    }

    public SipHeaders With(string name, string value) => new(Lines.Add(new(name, value)));

    public SipHeaders With(IEnumerable<SipHeader> more) => new(Lines.AddRange(more));

    public SipHeaders Without(string name) => new(Lines.RemoveAll(h => h.Is(name)));

    /// <summary>In the place of the first of that name, or at the end.</summary>
    public SipHeaders Set(string name, string value)
    {
        for (var i = 0; i < Lines.Length; i++)
            if (Lines[i].Is(name)) return new(Lines.SetItem(i, new(name, value)));
        return With(name, value);
    }

    public SipHeaders Prepend(string name, string value) => new(Lines.Insert(0, new(name, value)));

    /// <summary>Replaces the first value of that name and leaves those that follow it in its line.</summary>
    public SipHeaders SetFirstValue(string name, string value)
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            if (!Lines[i].Is(name)) continue;
            var end = EndOfValue(Lines[i].Value.Span);
            return new(Lines.SetItem(i, new(name, value + Encoding.UTF8.GetString(Lines[i].Value.Span[end..]))));
        }
        return With(name, value);
    }

    private static int EndOfValue(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        var bracketed = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when quoted: i++; break;
                case (byte)'"': quoted = !quoted; break;
                case (byte)'<' when !quoted: bracketed = true; break;
                case (byte)'>' when !quoted: bracketed = false; break;
                case (byte)',' when !quoted && !bracketed: return i;
            }
        }
        return text.Length;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> value) => value.Trim(" \t"u8);
}
