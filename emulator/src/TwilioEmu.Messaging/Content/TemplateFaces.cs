using System.Text.Json.Nodes;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Content;

/// <summary>Shows a template in lists that are searched, with WhatsApp's word on it where the list has it.</summary>
internal sealed class TemplateFace(Document template, ApprovalState approval) : IFace
{
    private string Path => $"/v1/Content/{template.Key}";

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "approval_requests":
                to.Json.WriteRawValue(approval.ToJson().ToJsonString());
                break;
            case "variables" or "types":
                to.Json.WriteRawValue(template[property] is { Length: > 0 } json ? json : "{}");
                break;
            case "date_created" or "date_updated":
                if (TwilioDates.TryParse(template[property] ?? "", out var at, out _)) to.Write(at);
                break;
            case "url":
                to.Write(to.BaseUrl + Path);
                break;
            case "links":
                to.WriteLinks(
                    ("approval_create", $"{to.BaseUrl}{Path}/ApprovalRequests/whatsapp"),
                    ("approval_fetch", $"{to.BaseUrl}{Path}/ApprovalRequests"));
                break;
            default:
                to.Write(template[property]);
                break;
        }
    }
}

/// <summary>Shows WhatsApp's word on a template.</summary>
internal sealed class ApprovalFace(string account, string template, ApprovalState state) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(template); break;
            case "account_sid": to.Write(account); break;
            case "url": to.Write($"{to.BaseUrl}/v1/Content/{template}/ApprovalRequests"); break;
            case "whatsapp":
                var json = new JsonObject { ["type"] = "whatsapp" };
                foreach (var (name, value) in state.ToJson().ToList()) json[name] = value?.DeepClone();
                to.Json.WriteRawValue(json.ToJsonString());
                break;
            case "name": to.Write(state.Name); break;
            case "category": to.Write(state.Category); break;
            case "content_type": to.Write(state.ContentType); break;
            case "status": to.Write(state.Status); break;
            case "rejection_reason": to.Write(state.RejectionReason); break;
            case "allow_category_change": to.Write(state.AllowsCategoryChange); break;
        }
    }
}
