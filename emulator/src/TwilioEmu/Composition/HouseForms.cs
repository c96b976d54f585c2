using TwilioEmu.Accounts.Records;
using TwilioEmu.Carrier.Records;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Records;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Products.Conversations;
using TwilioEmu.Products.Events;
using TwilioEmu.Products.Lookup;
using TwilioEmu.Products.Monitor;
using TwilioEmu.Products.Proxy;
using TwilioEmu.Products.Sip;
using TwilioEmu.Products.Usage;
using TwilioEmu.Products.Verify;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Records;

namespace TwilioEmu.Composition;

/// <summary>Every form of record of the house: a room that keeps records is named here.</summary>
public static class HouseForms
{
    /// <summary>What files are written and read with.</summary>
    public static RecordForms All { get; } = new(
    [
        Document.Form, .. AccountsForms.All, .. CarrierForms.All, .. MessagingForms.All, .. VoiceForms.All, .. ExportForms.All,
        .. ConversationsForms.All, .. EventForms.All, .. LookupForms.All,
        .. MonitorForms.All, .. ProxyForms.All, .. SipForms.All, .. UsageForms.All, .. VerifyForms.All,
    ]);
}
