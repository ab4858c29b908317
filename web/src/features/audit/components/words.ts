/** The words of the audit: what was done to what. */
export const nounText: Record<string, string> = {
  report: '信息', review: '审签', chain: '审签流程', forwarding: '报送', letter: '信函', attachment: '附件', clue: '线索', notice: '消息',
  member: '成员', role: '角色', unit: '内设机构', tenant: '单位', line: '报送渠道', session: '登录', board: '统计', category: '分类', setting: '设置', document: '文件', checklist: '核对清单', screening: '初筛',
  issue: '刊物', journal: '刊物设置', template: '文件模板',
  ledger_view: '台账视图', comment: '批注',
  proposal: '提案草稿', visit: '走访记录', visit_plan: '走访计划', activity: '活动', point: '收集点',
  instruction: '领导批示', assignment: '交办事项',
  check: '核实', proof: '校对', consultation: '会商', expert: '专家', certificate: '采用证明', meeting: '例会', channel: '通知渠道',
  upload: '分段上传', attachments: '附件', import: '批量导入', mailbox: '来信邮箱', mail: '来信',
};

const actionText: Record<string, string> = {
  'upload.begun': '开始上传文件', 'upload.resumed': '续传文件', 'upload.cancelled': '放弃上传', 'upload.abandoned': '清理未传完的文件', 'attachments.settled': '调整附件',
  'mailbox.changed': '设置来信邮箱', 'mailbox.asked': '立即收信', 'mailbox.checked': '收取来信', 'mail.received': '收到来信', 'mail.refused': '来信未收', 'mail.repeated': '来信重复',
  'document.recognised': '识别 Word 文件', 'import.checked': '检查导入表格', 'import.started': '开始导入', 'import.advanced': '导入一批', 'import.done': '导入完成', 'import.cancelled': '停止导入',
  'report.created': '撰写信息', 'report.submitted': '提交信息', 'report.resubmitted': '再次提交信息', 'report.withdrawn': '撤回信息',
  'report.received': '收到下级来稿', 'report.taken_up': '受理信息', 'report.edited': '编辑信息', 'report.editing': '开始编辑', 'report.returned': '退回信息',
  'report.authors_changed': '调整署名', 'report.assigned': '台账指定责任人', 'ledger.view_saved': '保存台账视图', 'ledger.view_removed': '删除台账视图',
  'report.kept': '留存信息', 'report.declined': '不采用信息', 'report.merged': '并入综合稿', 'report.combined': '综合采编',
  'report.review_started': '送审', 'report.step_approved': '审签通过', 'report.review_returned': '审签退回', 'report.signed': '签发信息',
  'report.forwarded': '向上报送', 'report.delivered': '报送送达', 'report.recalled': '撤回报送', 'report.recall_refused': '撤回未成', 'report.forwarding_failed': '报送失败',
  'report.adopted': '采用信息', 'report.adoption_corrected': '更正采用', 'report.outcome': '收到上级反馈', 'report.booked': '计入统计',
  'review.signed': '审签完成', 'review.returned': '审签退回', 'review.waiting': '轮到审签',
  'chain.created': '新建审签流程', 'chain.replaced': '修改审签流程', 'chain.ended': '停用审签流程', 'chain.charges': '设置分管领域',
  'report.step_rejected': '审签不同意', 'report.released': '绿色通道签发', 'report.review_taken_back': '撤回审签意见', 'report.review_withdrawn': '撤销送审',
  'report.review_reopened': '重新打开审签', 'report.review_urged': '催办', 'report.review_overdue': '超时提醒', 'report.signer_added': '加签',
  'report.signer_removed': '减签', 'report.passed_on': '转办审签', 'report.review_copied': '抄送', 'report.review_read': '已阅',
  'review.delegated': '委托审签', 'review.delegation_ended': '结束委托',
  'letter.received': '收到信函', 'letter.delivered': '信函送达', 'letter.failed': '信函投递失败', 'letter.retried': '信函重新投递',
  'attachment.uploaded': '上传附件', 'clue.received': '登记线索', 'clue.converted': '线索转为信息', 'clue.dropped': '放弃线索',
  'clue.claimed': '领取线索', 'clue.released': '退回线索池', 'clue.discussed': '讨论线索', 'clue.decided': '线索定题', 'clue.edited': '整理线索',
  'clue.reserved': '储备线索', 'clue.restored': '取回线索', 'proposal.created': '新建提案草稿', 'proposal.edited': '修改提案草稿',
  'visit.logged': '登记走访', 'visit.edited': '修改走访记录', 'visit_plan.created': '制订走访计划', 'visit_plan.edited': '修改走访计划', 'visit_plan.rota_set': '安排走访',
  'activity.created': '安排活动', 'activity.edited': '修改活动', 'activity.cancelled': '取消活动', 'activity.sent': '下发活动', 'activity.received': '收到活动安排',
  'activity.task_added': '布置收集任务', 'activity.task_done': '完成收集任务', 'point.created': '设立收集点', 'point.edited': '修改收集点', 'point.received': '收集点收到线索',
  'clue.entered_again': '线索重复登记', 'notice.read': '阅读消息',
  'member.created': '登记成员', 'member.updated': '修改成员', 'member.suspended': '停用成员', 'member.resumed': '恢复成员',
  'member.roles_assigned': '授予和收回角色', 'role.created': '新建角色', 'role.grants_set': '修改角色权限',
  'setting.changed': '修改设置', 'checklist.changed': '修改核对清单', 'checklist.ticked': '按清单核对', 'screening.given': '初筛评分',
  'unit.created': '新建内设机构', 'tenant.opened': '开通单位', 'tenant.founded': '单位建账',
  'line.opened': '建立报送渠道', 'line.closed': '终止报送渠道', 'line.stopped': '暂停报送渠道',
  'check.done': '核实', 'check.asked': '请人核实', 'check.cancelled': '撤销核实请求', 'check.reminded': '催办核实', 'proof.done': '校对',
  'report.checked': '核实信息', 'report.check_asked': '请人核实信息', 'report.check_cancelled': '撤销核实请求', 'report.proofread': '校对信息',
  'consultation.started': '发起会商', 'consultation.closed': '会商办结', 'consultation.cancelled': '撤销会商', 'consultation.changed': '调整会商', 'consultation.answered': '会商提意见',
  'consultation.reminded': '催办会商', 'report.consultation_started': '发起会商', 'report.opinion_given': '会商提意见', 'report.consultation_closed': '会商办结', 'report.consultation_cancelled': '撤销会商',
  'report.fed_back': '反馈处理结果', 'report.certified': '开具采用证明', 'certificate.issued': '开具采用证明', 'certificate.withdrawn': '撤销采用证明',
  'meeting.planned': '安排例会', 'meeting.edited': '修改例会', 'meeting.closed': '办结例会', 'channel.changed': '设置通知渠道', 'notice.ways': '选择接收方式',
  'notice.resent': '重发消息', 'notice.send_sent': '外发消息', 'notice.send_queued': '外发消息未成', 'notice.send_failed': '外发消息失败',
  'instruction.recorded': '登记领导批示', 'instruction.corrected': '更正领导批示', 'report.instructed': '领导批示', 'report.instruction_corrected': '更正领导批示',
  'assignment.opened': '交办', 'assignment.accept': '登记签收', 'assignment.refuse': '登记申退', 'assignment.insist': '不同意申退', 'assignment.reassign': '改派',
  'assignment.ask_extension': '登记延期申请', 'assignment.grant': '同意延期', 'assignment.deny': '不同意延期', 'assignment.reply': '登记答复', 'assignment.pass': '答复审核通过',
  'assignment.send_back': '答复退回重办', 'assignment.closed': '交办办结', 'assignment.cancelled': '撤销交办', 'assignment.reminded': '催办承办单位', 'assignment.verdict': '收到满意度评价',
  'report.handling': '交办信息', 'report.handling_step': '办理进展', 'report.answered': '办理答复', 'report.handled': '办结', 'report.satisfaction': '评价办理答复',
  'report.archived': '归档信息', 'report.reopened': '重新办理',
  'expert.added': '登记专家', 'expert.changed': '修改专家',
  'document.exported': '导出文件', 'issue.created': '新编一期', 'issue.arranged': '编排刊物', 'issue.released': '编发刊物', 'issue.withdrawn': '作废刊物',
  'issue.discarded': '放弃编排', 'journal.created': '设立刊物', 'journal.changed': '修改刊物设置', 'template.created': '启用文件模板', 'template.retired': '停用文件模板',
  'report.issued': '编入刊物编发', 'report.issue_withdrawn': '所在刊物作废',
  'session.opened': '登录', 'session.ended': '退出登录', 'session.opened_by_program': '程序代为登录',
};

/** What was done, in words; of an action without a name at least what it was done to. */
export function actionName(action: string): string {
  return actionText[action] ?? `${nounText[action.split('.')[0] ?? ''] ?? '其他'}事项`;
}

/** The actions to choose from, by what they are done to. */
export function actionChoices(): { label: string; options: { value: string; label: string }[] }[] {
  return Object.entries(nounText)
    .map(([noun, label]) => ({
      label,
      options: Object.entries(actionText).filter(([action]) => action.startsWith(`${noun}.`)).map(([value, text]) => ({ value, label: text })),
    }))
    .filter((group) => group.options.length > 0);
}

/** Who acted when it was not a person. */
const actorText: Record<string, string> = { courier: '信使（系统）', founder: '开户（系统）', clock: '定时（系统）', importer: '导入（系统）', visitor: '来访者（收集点）' };

/** A person's name, or what the program acted as; what made it act stands behind its name. */
export function actorName(actor: string): string {
  const [name = '', cause] = actor.split(/ (.*)/s);
  return cause === undefined ? (actorText[actor] ?? actor) : (actorText[name] ?? actor);
}
