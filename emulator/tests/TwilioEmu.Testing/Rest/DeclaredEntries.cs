using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Testing.Rest;

/// <summary>Holds every entry against the declaration of its kind: a test that makes a room write what it does not declare fails there.</summary>
public static class DeclaredEntries
{
    /// <summary>Throws where data have a member that the kind does not name.</summary>
    public static void Check(EntryKind kind, IEntryData? data)
    {
        if (data is null) return;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            data.WriteMembers(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        var strange = document.RootElement.EnumerateObject().Select(m => m.Name).Except(kind.Members).ToList();
        if (strange.Count > 0) throw new InvalidOperationException($"{kind.Name} has {string.Join(", ", strange)}, which its declaration does not name");
    }
}
