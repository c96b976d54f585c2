using System.Collections.Immutable;
using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>One <c>;name=value</c>; no value is null. A quoted value keeps its quotes.</summary>
public readonly record struct SipParameter(string Name, string? Value);

/// <summary>Parameters in the order they were written; names are matched without regard to case.</summary>
public readonly struct SipParameters : IEquatable<SipParameters>
{
    /// <summary>More than any phone sends; a header with more is refused.</summary>
    internal const int MaxCount = 64;

    private readonly ImmutableArray<SipParameter> _list;

    public SipParameters(ImmutableArray<SipParameter> list) => _list = list;

    public static SipParameters None => default;

    public ImmutableArray<SipParameter> List => _list.IsDefault ? [] : _list;

    /// <summary>The value as plain text; null when the parameter is not there or has none.</summary>
    public string? this[string name] => Find(name) is { Value: { } value } ? QuotedString.Unquote(value) : null;

    public bool Has(string name) => Find(name) is not null;

    public SipParameters With(string name, string? value)
    {
        var list = List;
        for (var i = 0; i < list.Length; i++)
            if (list[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return new(list.SetItem(i, new(list[i].Name, value)));
        return new(list.Add(new(name, value)));
    }

    public SipParameters Without(string name) => new(List.RemoveAll(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    public bool Equals(SipParameters other) => List.AsSpan().SequenceEqual(other.List.AsSpan());

    public override bool Equals(object? obj) => obj is SipParameters other && Equals(other);

    public override int GetHashCode() => List.Length;

    public static bool operator ==(SipParameters left, SipParameters right) => left.Equals(right);

    public static bool operator !=(SipParameters left, SipParameters right) => !left.Equals(right);

    public override string ToString()
    {
        if (List.IsEmpty) return "";
        var text = new StringBuilder();
        foreach (var (name, value) in List)
        {
            text.Append(';').Append(name);
            if (value is not null) text.Append('=').Append(value);
        }
        return text.ToString();
    }

    /// <summary><c>*( SEMI generic-param )</c>, <c>generic-param = token [ EQUAL ( token / host / quoted-string ) ]</c>.</summary>
    internal static bool TryTake(ref SipScanner scanner, out SipParameters parameters)
    {
        parameters = None;
        ImmutableArray<SipParameter>.Builder? list = null;
        while (scanner.TryTake((byte)';'))
        {
            if (!scanner.TryTakeToken(out var name)) return false;
            string? value = null;
            if (scanner.TryTake((byte)'='))
            {
                if (scanner.TryTakeQuoted(out var run) || scanner.TryTakeUntil(SipGrammar.ParameterValueEnd, out run)) value =
                    Encoding.UTF8.GetString(run);
                else return false;
            }
            list ??= ImmutableArray.CreateBuilder<SipParameter>();
            if (list.Count == MaxCount) return false;
            list.Add(new(name, value));
        }
        if (list is not null) parameters = new(list.DrainToImmutable());
        scanner.SkipSpace();
        return true;
    }

    private SipParameter? Find(string name)
    {
        foreach (var parameter in List)
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return parameter;
        return null;
    }
}
