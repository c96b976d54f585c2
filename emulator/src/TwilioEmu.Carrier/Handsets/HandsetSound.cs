using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Something heard or uttered in a call, as a phone keeps it.</summary>
/// <param name="At">When it began.</param>
/// <param name="With">The number at the other end.</param>
/// <param name="Kind"><c>speech</c>, <c>audio</c> or <c>tone</c>.</param>
/// <param name="Words">What was said, the file's name, or the keys.</param>
public sealed record HandsetSound(DateTimeOffset At, string CallSid, string With, string Kind, string Words, TimeSpan Duration) : IEntryData
{
    internal static readonly DataForm<HandsetSound> Form = new((s, m) => new HandsetSound(
        m.Instant("at", s?.At), m.Text("call_sid", s?.CallSid), m.Text("with", s?.With), m.Text("kind", s?.Kind), m.Text("words", s?.Words),
        m.Span("duration", s?.Duration)));

    /// <inheritdoc/>
    public DataForm? Packing => Form;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("call_sid", CallSid);
        json.WriteString("with", With);
        json.WriteString("kind", Kind);
        json.WriteString("words", Words);
        json.WriteNumber("duration", Duration.TotalSeconds);
    }
}
