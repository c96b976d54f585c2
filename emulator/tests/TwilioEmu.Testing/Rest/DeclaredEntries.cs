using System.Buffers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Testing.Rest;

/// <summary>
/// Holds every entry against the declaration of its kind: a test that makes a room write what it does not declare fails there.
/// </summary>
public static class DeclaredEntries
{
    /// <summary>
    /// Throws where data have a member that the kind does not name, or come back otherwise from the bytes in which old entries are kept.
    /// </summary>
    public static void Check(EntryKind kind, IEntryData? data)
    {
        if (data is null) return;
        var shown = Shown(data);
        using var document = JsonDocument.Parse(shown);
        var strange = document.RootElement.EnumerateObject().Select(m => m.Name).Except(kind.Members).ToList();
        if (strange.Count > 0)
        {
            throw new InvalidOperationException($"{kind.Name} has {string.Join(", ", strange)}, which its declaration does not name");
        }
        if (data.Packing is not { } form) return;
        var packed = new PackedWriter();
        form.Write(data, packed);
        var back = form.Read(new PackedReader(packed.Written.ToArray()));
        if (!shown.AsSpan().SequenceEqual(Shown(back)))
        {
            throw new InvalidOperationException($"{kind.Name} comes back otherwise from its bytes: {Encoding.UTF8.GetString(shown)} became "
                + $"{Encoding.UTF8.GetString(Shown(back))}");
        }
        if (data is RecordChange { Previous: { } previous }
            && !Shown(previous).AsSpan().SequenceEqual(Shown(((RecordChange)back).Previous!)))
        {
            throw new InvalidOperationException($"{kind.Name} forgets what was before");
        }
    }

    private static byte[] Shown(IEntryData data)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            data.WriteMembers(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
