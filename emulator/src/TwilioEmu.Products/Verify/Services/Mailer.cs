using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>Who writes a service's e-mails, and by what template.</summary>
/// <param name="ServiceSid">Whose.</param>
/// <param name="From">Its address.</param>
/// <param name="FromName">The name beside it.</param>
/// <param name="TemplateId">Of SendGrid, <c>d-...</c>.</param>
internal sealed record Mailer(string ServiceSid, string From, string FromName, string TemplateId) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Mailer> Form = new("verify_mailer", static (r, m) => new Mailer(
        m.Text("service_sid", r?.ServiceSid), m.Text("from", r?.From), m.Text("from_name", r?.FromName),
        m.Text("content_template_id", r?.TemplateId)));

    public static readonly TableKey<Mailer> Table = new("verify_mailers", Form);

    public string Key => ServiceSid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("service_sid", ServiceSid);
        json.WriteString("from", From);
        json.WriteString("from_name", FromName);
        json.WriteString("content_template_id", TemplateId);
    }
}
