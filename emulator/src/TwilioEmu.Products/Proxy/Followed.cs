using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Proxy;

/// <summary>A text or call that was passed on, and the interaction it belongs to.</summary>
internal sealed record Followed(string Resource, SessionKey Session, string Interaction) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Followed> Form = new("proxy_followed", static (r, m) => new Followed(
        m.Text("resource_sid", r?.Resource),
        new SessionKey(
            m.Account("account_sid", r?.Session.Account), m.Text("service_sid", r?.Session.Service),
            m.Text("session_sid", r?.Session.Session)),
        m.Text("interaction_sid", r?.Interaction)));

    public static readonly TableKey<Followed> Table = new("proxy_followed", Form);

    public string Key => Resource;

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("interaction_sid", Interaction);
        json.WriteString("session_sid", Session.Session);
        json.WriteString("service_sid", Session.Service);
    }
}
